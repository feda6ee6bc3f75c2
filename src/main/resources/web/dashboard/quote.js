// @ts-check
import { toGrouped } from '../client/v1/decimal.js';
import { byId, cellById, setAttribute } from './cells.js';

/**
 * @typedef {import('../client/v1/book.js').Book} Book
 * @typedef {import('../client/v1/sbe.js').Instrument} Instrument
 */

const ARROWS = { up: '▲', down: '▼', same: '' };

/** The selected instrument in a few words: above the chart, in the title, and for screen readers. */
export class Quote {
  #symbol = cellById('quote-symbol');
  #last = cellById('quote-last');
  #touch = cellById('quote-touch');
  #summary = cellById('summary');
  #lastTicks = 0;
  /** @type {'up'|'down'|'same'} */
  #move = 'same';
  #text = '';

  /** @param {Instrument} instrument */
  start(instrument) {
    this.#symbol.set(instrument.symbol);
    this.#last.set('–');
    this.#touch.set('');
    this.#lastTicks = 0;
    this.#move = 'same';
    this.#text = '';
  }

  /** @param {Book} book */
  paintTouch({ instrument: { tick }, bids, asks }) {
    if (bids.length === 0 || asks.length === 0) return;
    const bid = toGrouped(bids.priceTicks[0], tick);
    const ask = toGrouped(asks.priceTicks[0], tick);
    this.#touch.set(`Bid ${bid}   Ask ${ask}`);
  }

  /** @param {Instrument} instrument @param {number} priceTicks of the last trade */
  paintLast(instrument, priceTicks) {
    if (priceTicks === this.#lastTicks) return;
    if (this.#lastTicks !== 0) this.#move = priceTicks > this.#lastTicks ? 'up' : 'down';
    this.#lastTicks = priceTicks;
    this.#text = toGrouped(priceTicks, instrument.tick);
    this.#last.set(`${this.#text} ${ARROWS[this.#move]}`);
    setAttribute(byId('quote-last'), 'data-move', this.#move);
  }

  /** For the window's title. */
  entitle() {
    document.title = `${this.#text} ${this.#symbol.text} · Depthcast`.trimStart();
  }

  /** For those who listen; seldom enough to be heard out. @param {Book|undefined} book */
  announce(book) {
    if (!book?.proved || book.bids.length === 0 || book.asks.length === 0) return;
    const { tick } = book.instrument;
    const bid = toGrouped(book.bids.priceTicks[0], tick);
    const ask = toGrouped(book.asks.priceTicks[0], tick);
    this.#summary.set(`${book.symbol} bid ${bid} ask ${ask}`);
  }
}
