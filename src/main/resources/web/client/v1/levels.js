// @ts-check
import { toDecimal } from './decimal.js';

/**
 * @typedef {import('./sbe.js').Instrument} Instrument
 * @typedef {{price: string, size: string, priceTicks: number, sizeLots: number}} Level decimals, and the integers they are
 *     made of
 */

/**
 * Levels of one side, best first: exactly those there are. `for...of` and `at` give them as decimals; the columns
 * `priceTicks` and `sizeLots` are for those who paint many. It holds until the next event; copy what is to be kept.
 */
export class LevelList {
  /** @param {Float64Array} priceTicks @param {Float64Array} sizeLots @param {Instrument} instrument */
  constructor(priceTicks, sizeLots, instrument) {
    this.priceTicks = priceTicks;
    this.sizeLots = sizeLots;
    this.instrument = instrument;
  }

  get length() {
    return this.priceTicks.length;
  }

  /** @param {number} i from the best, or from the worst where negative @returns {Level|undefined} */
  at(i) {
    const at = i < 0 ? this.length + i : i;
    return at in this.priceTicks ? this.#level(at) : undefined;
  }

  *[Symbol.iterator]() {
    for (let i = 0; i < this.length; i++) yield this.#level(i);
  }

  /** @param {number} i @returns {Level} */
  #level(i) {
    const { tick, lot } = this.instrument;
    const [priceTicks, sizeLots] = [this.priceTicks[i], this.sizeLots[i]];
    return { price: toDecimal(priceTicks, tick), size: toDecimal(sizeLots, lot), priceTicks, sizeLots };
  }
}
