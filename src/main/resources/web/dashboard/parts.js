// @ts-check
import { byId, Cell } from './cells.js';

/** The elements of one pane, made from the template. The first pane's have plain ids, those of others end in its number. */
export class Parts {
  root;
  /** @type {Map<string, HTMLElement>} */
  #byName = new Map();

  /** @param {number} number of the pane, from 0 */
  constructor(number) {
    const template = /** @type {HTMLTemplateElement} */ (byId('pane-template'));
    const copy = /** @type {DocumentFragment} */ (document.importNode(template.content, true));
    this.root = /** @type {HTMLElement} */ (copy.firstElementChild);
    const suffix = number === 0 ? '' : `-${number}`;
    for (const element of /** @type {NodeListOf<HTMLElement>} */ (this.root.querySelectorAll('[data-part]'))) {
      const name = element.dataset.part ?? '';
      element.id = name + suffix;
      this.#byName.set(name, element);
    }
    const labelled = /** @type {NodeListOf<HTMLElement>} */ (this.root.querySelectorAll('[data-labelledby]'));
    for (const element of [this.root, ...labelled]) {
      const names = element.dataset.labelledby?.split(' ') ?? [];
      element.setAttribute('aria-labelledby', names.map((name) => name + suffix).join(' '));
    }
  }

  /** @param {string} name @returns {HTMLElement} */
  get(name) {
    const element = this.#byName.get(name);
    if (!element) throw new Error(`the pane has no ${name}`);
    return element;
  }

  /** @param {string} name */
  cell(name) {
    return new Cell(this.get(name));
  }

  /** @param {string} selector @returns {HTMLElement} */
  find(selector) {
    return /** @type {HTMLElement} */ (this.root.querySelector(selector));
  }
}
