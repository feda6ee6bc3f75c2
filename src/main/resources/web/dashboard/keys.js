// @ts-check
import { byId } from './cells.js';
import { togglePalette } from './theme.js';

/**
 * @typedef {object} Actions
 * @property {(by: number) => void} move in the watchlist
 * @property {(text: string) => void} search
 * @property {() => void} takeFirst of what the search has found
 * @property {() => void} freeze
 * @property {(interval: '1s'|'1m'|'5m'|'1h') => void} interval
 */

const INTERVALS = /** @type {const} */ (['1s', '1m', '5m', '1h']);

/** @param {Actions} actions */
export function listenToKeys(actions) {
  const help = /** @type {HTMLDialogElement} */ (byId('keys'));
  const search = /** @type {HTMLInputElement} */ (byId('search'));
  /** @type {Record<string, () => void>} */
  const keys = {
    ArrowDown: () => actions.move(1),
    ArrowUp: () => actions.move(-1),
    Home: () => actions.move(-Infinity),
    End: () => actions.move(Infinity),
    '/': () => search.focus(),
    '?': () => help.showModal(),
    p: actions.freeze,
    c: togglePalette,
  };
  INTERVALS.forEach((interval, i) => (keys[String(i + 1)] = () => actions.interval(interval)));
  addEventListener('keydown', (event) => {
    if (help.open || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const action = keys[event.key];
    if (!action || isScrolling(event)) return;
    event.preventDefault();
    action();
  });
  byId('help').addEventListener('click', keys['?']);
  listenToSearch(search, actions);
}

/** @param {HTMLInputElement} search @param {Actions} actions */
function listenToSearch(search, actions) {
  const leave = () => {
    search.value = '';
    actions.search('');
    search.blur();
  };
  search.addEventListener('input', () => actions.search(search.value));
  search.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') actions.takeFirst();
    if (event.key === 'Enter' || event.key === 'Escape') leave();
  });
}

/** @param {EventTarget|null} target */
function isTyping(target) {
  return target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
}

/** In a list that scrolls the arrows scroll. @param {KeyboardEvent} event */
function isScrolling({ key, target }) {
  const scrolls = key.startsWith('Arrow') || key === 'Home' || key === 'End';
  return scrolls && target instanceof HTMLElement && target.matches('.scroll');
}
