// @ts-check
import { Cell } from './cells.js';

/** @typedef {import('/webjars/uplot/dist/uPlot.esm.js')} Plot */

/** What the cursor of a plot points at, in words at both axes. */
export class Crosshair {
  #x;
  #y;

  /** @param {HTMLElement} element of the plot */
  constructor(element) {
    this.#x = label(element, 'cross-x');
    this.#y = label(element, 'cross-y');
  }

  /** @param {Plot} plot @param {string} x empty for nothing @param {string} y */
  show(plot, x, y) {
    const { left = -1, top = -1 } = plot.cursor;
    const hidden = left < 0 || x === '';
    for (const { element } of [this.#x, this.#y]) /** @type {HTMLElement} */ (element).hidden = hidden;
    if (hidden) return;
    const { offsetLeft, offsetTop, clientHeight, clientWidth } = plot.over;
    this.#x.set(x);
    this.#y.set(y);
    place(this.#x, offsetLeft + left, offsetTop + clientHeight);
    place(this.#y, offsetLeft + clientWidth, offsetTop + top);
  }
}

/** @param {Cell} cell @param {number} left @param {number} top */
function place({ element }, left, top) {
  /** @type {HTMLElement} */ (element).style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
}

/** @param {HTMLElement} parent @param {string} className */
function label(parent, className) {
  const element = document.createElement('span');
  element.className = `cross ${className}`;
  element.hidden = true;
  element.setAttribute('aria-hidden', 'true');
  parent.append(element);
  return new Cell(element);
}
