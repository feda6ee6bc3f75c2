// @ts-check

/** What a document has beside its text: its contents, a search, and a button that copies an example. */

const main = /** @type {HTMLElement} */ (document.querySelector('main'));
const headings = /** @type {HTMLElement[]} */ ([...main.querySelectorAll('h2[id], h3[id]')]);

/** @param {string} tag @param {string} text @returns {HTMLElement} */
function element(tag, text) {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}

/** A list of links to the headings, at the side. */
function contents() {
  const aside = document.createElement('aside');
  aside.setAttribute('aria-label', 'Contents');
  const search = document.createElement('input');
  search.type = 'search';
  search.placeholder = 'Search this page';
  search.setAttribute('aria-label', 'Search this page');
  const list = document.createElement('ul');
  const entries = headings.map((heading) => {
    const item = document.createElement('li');
    const link = /** @type {HTMLAnchorElement} */ (element('a', heading.textContent ?? ''));
    link.href = `#${heading.id}`;
    item.className = heading.tagName.toLowerCase();
    item.append(link);
    return { item, text: textUnder(heading) };
  });
  list.append(...entries.map(({ item }) => item));
  search.addEventListener('input', () => {
    const wanted = search.value.trim().toLowerCase();
    for (const { item, text } of entries) item.hidden = !text.includes(wanted);
  });
  aside.append(search, list);
  main.before(aside);
}

/** @param {HTMLElement} heading @returns {string} what stands under it, down to the next one, in small letters */
function textUnder(heading) {
  let text = heading.textContent ?? '';
  for (let next = heading.nextElementSibling; next && !next.matches('h1, h2, h3'); next = next.nextElementSibling) {
    text += ` ${next.textContent}`;
  }
  return text.toLowerCase();
}

/** What is wide scrolls by itself, by keyboard as well; a column without a name has no header. */
function tables() {
  for (const table of main.querySelectorAll('table')) {
    const region = element('div', '');
    region.className = 'wide';
    region.tabIndex = 0;
    region.setAttribute('role', 'group');
    region.setAttribute('aria-label', table.querySelector('th')?.textContent || 'Table');
    table.replaceWith(region);
    region.append(table);
    for (const head of table.querySelectorAll('th')) {
      if (head.textContent?.trim() === '') head.replaceWith(element('td', ''));
    }
  }
}

function copyButtons() {
  for (const block of main.querySelectorAll('pre')) {
    const button = /** @type {HTMLButtonElement} */ (element('button', 'Copy'));
    const text = block.textContent ?? '';
    button.type = 'button';
    button.className = 'copy';
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(text);
      button.textContent = 'Copied';
    });
    block.append(button);
  }
}

for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll('nav a'))) {
  if (link.pathname === location.pathname) link.setAttribute('aria-current', 'page');
}
if (headings.length > 2) contents();
tables();
copyButtons();
