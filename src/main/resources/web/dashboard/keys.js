// @ts-check
import { byId } from './cells.js';

/**
 * @typedef {object} Key
 * @property {string[]} keys as the browser names them
 * @property {string} [shown] in the list, in place of the names
 * @property {string} does
 * @property {(key: string) => void} act
 */

/** @type {Record<string, string>} */
const SIGNS = { ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→' };

/** @param {Key[]} all @param {{onSearch: (text: string) => void, onTake: () => void}} search */
export function listenToKeys(all, { onSearch, onTake }) {
  const help = /** @type {HTMLDialogElement} */ (byId('keys'));
  const search = /** @type {HTMLInputElement} */ (byId('search'));
  const own = [
    { keys: ['/'], does: 'Search; Enter takes the first, Esc leaves', act: () => search.focus() },
    { keys: ['?'], does: 'This list', act: () => help.showModal() },
  ];
  const complete = [...all, ...own];
  list(complete);
  const byKey = new Map(complete.flatMap((entry) => entry.keys.map((key) => [key, entry])));
  addEventListener('keydown', (event) => {
    if (help.open || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const entry = byKey.get(event.key);
    if (!entry || isScrolling(event)) return;
    event.preventDefault();
    entry.act(event.key);
  });
  byId('help').addEventListener('click', () => help.showModal());
  listenToSearch(search, onSearch, onTake);
}

/** @param {Key[]} all */
function list(all) {
  byId('keys-list').replaceChildren(
    ...all.map(({ keys, shown, does }) => {
      const [entry, term, meaning] = ['div', 'dt', 'dd'].map((tag) => document.createElement(tag));
      const names = shown ? [shown] : keys.map((key) => SIGNS[key] ?? key);
      for (const name of names) {
        const key = document.createElement('kbd');
        key.textContent = name;
        term.append(key, ' ');
      }
      meaning.textContent = does;
      entry.append(term, meaning);
      return entry;
    }),
  );
}

/** @param {HTMLInputElement} search @param {(text: string) => void} onSearch @param {() => void} onTake */
function listenToSearch(search, onSearch, onTake) {
  const leave = () => {
    search.value = '';
    onSearch('');
    search.blur();
  };
  search.addEventListener('input', () => onSearch(search.value));
  search.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') onTake();
    if (event.key === 'Enter' || event.key === 'Escape') leave();
  });
}

/** @param {EventTarget|null} target */
function isTyping(target) {
  return target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
}

/** In a list that scrolls the arrows scroll. @param {KeyboardEvent} event */
function isScrolling({ key, target }) {
  const scrolls = ['ArrowUp', 'ArrowDown', 'Home', 'End'].includes(key);
  return scrolls && target instanceof HTMLElement && target.matches('.scroll');
}
