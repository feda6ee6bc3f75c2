// @ts-check
import { group, toDecimal, toGrouped } from '../client/v1/decimal.js';
import { appendCell, appendRow, setAttribute } from './cells.js';

/** @typedef {import('../client/v1/sbe.js').Instrument} Instrument */

/** One price of a ladder: a row that is made once and rewritten in place. */
export class LadderRow {
  #priceTicks = NaN;
  #sizeLots = NaN;
  #totalLots = NaN;
  #bars = '';
  /** @type {Instrument|null} */
  #instrument = null;

  /** @param {HTMLTableSectionElement} section @param {'bid'|'ask'} side */
  constructor(section, side) {
    this.element = appendRow(section);
    this.side(side);
    this.price = appendCell(this.element, 'price');
    this.size = appendCell(this.element, 'size');
    this.total = appendCell(this.element, 'total');
  }

  get priceTicks() {
    return this.#priceTicks;
  }

  /** @param {'bid'|'ask'|'none'} side */
  side(side) {
    setAttribute(this.element, 'data-side', side);
  }

  /** @param {boolean} flashing */
  flash(flashing) {
    setAttribute(this.element, 'data-flash', flashing ? 'on' : 'off');
  }

  clear() {
    this.#instrument = null;
    this.#priceTicks = NaN;
    this.price.set('');
    delete this.element.dataset.price;
    this.#empty();
  }

  /** A price at which nothing is offered. @param {Instrument} instrument @param {number} priceTicks */
  showPrice(instrument, priceTicks) {
    this.#showPrice(instrument, priceTicks);
    this.#empty();
    this.#instrument = instrument;
  }

  /** @param {Instrument} instrument @param {number} priceTicks @param {number} sizeLots @param {number} totalLots */
  show(instrument, priceTicks, sizeLots, totalLots) {
    const fresh = instrument !== this.#instrument;
    this.#showPrice(instrument, priceTicks);
    if (fresh || sizeLots !== this.#sizeLots) {
      const size = toDecimal(sizeLots, instrument.lot);
      this.element.dataset.size = size;
      this.size.set(group(size));
    }
    if (fresh || totalLots !== this.#totalLots) this.total.set(toGrouped(totalLots, instrument.lot));
    this.#instrument = instrument;
    this.#sizeLots = sizeLots;
    this.#totalLots = totalLots;
  }

  /** Shares of the row, in percent. @param {number} size of the largest level @param {number} total of all levels */
  bars(size, total) {
    const bars = `${size}%, ${total}%`;
    if (bars === this.#bars) return;
    this.#bars = bars;
    this.element.style.backgroundSize = bars;
  }

  /** @param {Instrument} instrument @param {number} priceTicks */
  #showPrice(instrument, priceTicks) {
    if (instrument === this.#instrument && priceTicks === this.#priceTicks) return;
    const price = toDecimal(priceTicks, instrument.tick);
    this.#priceTicks = priceTicks;
    this.element.dataset.price = price;
    this.price.set(group(price));
  }

  #empty() {
    this.#sizeLots = NaN;
    this.#totalLots = NaN;
    this.size.set('');
    this.total.set('');
    this.bars(0, 0);
    delete this.element.dataset.size;
  }
}
