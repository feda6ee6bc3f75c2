// @ts-check

/** A text on the screen that is only touched when it changes: an unchanged one costs no layout. */
export class Cell {
  #shown = '';

  /** @param {Element} element */
  constructor(element) {
    this.element = element;
  }

  /** @param {string} text */
  set(text) {
    if (text === this.#shown) return;
    this.#shown = text;
    this.element.textContent = text;
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

/**
 * @param {HTMLTableRowElement} row
 * @param {string} [className]
 * @returns {Cell} of a new table cell at the end of the row
 */
export function appendCell(row, className = '') {
  const cell = row.insertCell();
  cell.className = className;
  return new Cell(cell);
}

/** @param {Element} element @param {string} name @param {string} value */
export function setAttribute(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}
