// @ts-check
import { byId, setAttribute } from './cells.js';
import { Pane } from './pane.js';
import { MAX_PANES } from './view.js';

/**
 * @typedef {import('../client/v1/depthcast.js').Depthcast} Depthcast
 * @typedef {import('./address.js').Address} Address
 * @typedef {import('./view.js').View} View
 */

/** The panes: one an instrument, as the address has them. One of them is active: keys and the watchlist are about that. */
export class Workspace {
  /** @type {Pane[]} */
  panes = [];
  #active = 0;
  #element = byId('panes');
  #client;
  #address;
  #onActive;

  /** @param {Depthcast} client @param {Address} address @param {(symbol: string) => void} onActive */
  constructor(client, address, onActive) {
    this.#client = client;
    this.#address = address;
    this.#onActive = onActive;
  }

  /** @returns {Pane} */
  get active() {
    return this.panes[this.#active];
  }

  /** @param {View} view */
  show(view) {
    while (this.panes.length > Math.max(1, view.symbols.length)) this.panes.pop()?.close();
    while (this.panes.length < view.symbols.length) this.#add();
    setAttribute(this.#element, 'data-count', String(view.symbols.length));
    view.symbols.forEach((symbol, i) => this.panes[i].show(symbol, view));
    this.#activate(Math.min(this.#active, Math.max(0, this.panes.length - 1)));
  }

  /** In place of the active one. @param {string} symbol */
  replace(symbol) {
    const { symbols } = this.#address.view;
    const there = symbols.indexOf(symbol);
    if (there >= 0) this.#activate(there);
    else this.#address.choose({ symbols: symbols.length === 0 ? [symbol] : symbols.with(this.#active, symbol) });
  }

  /** Beside the others. @param {string} symbol */
  add(symbol) {
    const { symbols } = this.#address.view;
    if (symbols.includes(symbol) || symbols.length >= MAX_PANES) return;
    this.#active = symbols.length;
    this.#address.choose({ symbols: [...symbols, symbol] });
  }

  /** @param {number} at */
  remove(at) {
    const { symbols } = this.#address.view;
    if (symbols.length > 1) this.#address.choose({ symbols: symbols.toSpliced(at, 1) });
  }

  removeActive() {
    this.remove(this.#active);
  }

  /** The next one, or the one before. @param {-1|1} way */
  turn(way) {
    this.#activate((this.#active + way + this.panes.length) % this.panes.length);
  }

  /** @param {number} at */
  #activate(at) {
    this.#active = at;
    this.panes.forEach(({ root }, i) => setAttribute(root, 'data-active', String(i === at)));
    this.#onActive(this.#address.view.symbols[at] ?? '');
  }

  #add() {
    const number = this.panes.length;
    const pane = new Pane(number, this.#client, {
      close: () => this.remove(number),
      activate: () => number !== this.#active && this.#activate(number),
      interval: (candles) => this.#address.choose({ candles }),
      ladderMode: () => this.#address.choose({ ladder: this.#address.view.ladder === 'price' ? 'levels' : 'price' }),
      noInterval: (interval) => this.#withdraw(interval),
    });
    this.panes.push(pane);
    this.#element.append(pane.root);
    pane.placed();
  }

  /** @param {import('./view.js').View['candles']} interval */
  #withdraw(interval) {
    for (const pane of this.panes) pane.lacks(interval);
    if (this.#address.view.candles === interval) this.#address.settle({ candles: '1m' });
  }
}
