// @ts-check
import { Cell, setAttribute } from './cells.js';

/** Figures with their names on one line: where there is no room for all, the last ones are not seen. */
export class FigureLine {
  #element;
  #figures;
  /** @type {Node[]} */
  #row;

  /** @param {HTMLElement} element @param {string[]} names empty for what says itself what it is */
  constructor(element, names) {
    this.#element = element;
    const made = names.map(figure);
    this.#figures = made.map(({ value }) => value);
    this.#row = made.flatMap(({ whole }) => [whole, document.createTextNode(' ')]);
  }

  /** @param {string} words in place of figures */
  say(words) {
    if (this.#element.textContent !== words) this.#element.replaceChildren(words);
  }

  /** @param {string[]} figures one for each name @param {'up'|'down'|'same'} move */
  show(figures, move) {
    if (this.#row[0].parentNode !== this.#element) this.#element.replaceChildren(...this.#row);
    this.#figures.forEach((cell, i) => cell.set(figures[i]));
    setAttribute(this.#element, 'data-move', move);
  }
}

/** @param {string} name */
function figure(name) {
  const whole = document.createElement('span');
  const value = document.createElement('b');
  if (name !== '') whole.append(`${name} `);
  whole.append(value);
  return { whole, value: new Cell(value) };
}
