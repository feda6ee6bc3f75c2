// @ts-check

/** A text on the screen that is only touched when it changes: an unchanged one costs no layout. */
export class Cell {
  #shown = '';
  #node = document.createTextNode('');

  /** @param {Element} element */
  constructor(element) {
    this.element = element;
    element.replaceChildren(this.#node);
  }

  get text() {
    return this.#shown;
  }

  /** @param {string} text */
  set(text) {
    if (text === this.#shown) return;
    this.#shown = text;
    this.#node.data = text;
  }
}

/** @param {string} id @returns {HTMLElement} */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`index.html has no #${id}`);
  return element;
}

/** @param {string} id */
export function cellById(id) {
  return new Cell(byId(id));
}

/** @param {HTMLTableSectionElement} section @returns {HTMLTableRowElement} a new one at its end */
export function appendRow(section) {
  const row = section.insertRow();
  row.setAttribute('role', 'row');
  return row;
}

/**
 * @param {HTMLTableRowElement} row
 * @param {string} [className]
 * @param {'cell'|'gridcell'|'rowheader'} [role]
 * @returns {HTMLTableCellElement} a new one at the end of the row
 */
export function appendElement(row, className = '', role = 'cell') {
  const cell = row.insertCell();
  cell.className = className;
  cell.setAttribute('role', role);
  return cell;
}

/**
 * @param {HTMLTableRowElement} row
 * @param {string} [className]
 * @param {'cell'|'gridcell'|'rowheader'} [role]
 * @returns {Cell} of a new table cell at the end of the row
 */
export function appendCell(row, className, role) {
  return new Cell(appendElement(row, className, role));
}

/** @param {Element} table @param {string} [selector] @returns {HTMLTableSectionElement} */
export function sectionOf(table, selector = 'tbody') {
  return /** @type {HTMLTableSectionElement} */ (table.querySelector(selector));
}

/** @param {Element} element @param {string} name @param {string} value */
export function setAttribute(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/** @param {Element} element @param {boolean} pressed */
export function press(element, pressed) {
  setAttribute(element, 'aria-pressed', String(pressed));
}

/** @param {number} n at least two digits @param {number} [digits] */
export function padded(n, digits = 2) {
  return String(n).padStart(digits, '0');
}
