// @ts-check
import { toGrouped } from '../client/v1/decimal.js';
import { appendCell, appendRow, sectionOf, setAttribute } from './cells.js';

/**
 * @typedef {import('../client/v1/sbe.js').Trade} Trade
 * @typedef {import('../client/v1/sbe.js').Instrument} Instrument
 * @typedef {Trade & {missed: number}} Print `missed` trades are unknown between this one and the one before
 */

const ROWS = 60;

/** The last trades, newest first. */
export class Tape {
  #body = sectionOf('tape');
  #rows = Array.from({ length: ROWS }, () => new Row(appendRow(this.#body)));
  /** @type {Print[]} newest first */
  #prints = [];
  /** @type {Instrument|null} */
  #instrument = null;
  #dirty = true;

  /** @param {Instrument} instrument */
  start(instrument) {
    this.#instrument = instrument;
    this.#prints = [];
    this.#dirty = true;
  }

  /** The newest trade, if any. @returns {Print|undefined} */
  get last() {
    return this.#prints[0];
  }

  /** History fills what did not come live. @param {Trade[]} trades */
  merge(trades) {
    const fresh = trades.filter((trade) => !this.#prints.some((print) => isSame(print, trade)));
    this.#prints.push(...fresh.map((trade) => ({ ...trade, missed: 0 })));
    this.#prints.sort((a, b) => (isBefore(a, b) ? 1 : -1));
    this.#trim();
  }

  /** @param {number} missed before these @param {Trade[]} trades oldest first */
  add(missed, trades) {
    let unknown = missed;
    for (const trade of trades) {
      const last = this.#prints[0];
      if (last && !isBefore(last, trade)) continue;
      this.#prints.unshift({ ...trade, missed: unknown });
      unknown = 0;
    }
    this.#trim();
  }

  paint() {
    if (!this.#dirty || !this.#instrument) return;
    this.#dirty = false;
    this.#moveRowsUp();
    for (let i = 0; i < ROWS; i++) this.#rows[i].show(this.#prints[i], this.#instrument);
  }

  /** As many rows as there are new prints go from the bottom to the top, so that the others keep their texts. */
  #moveRowsUp() {
    const shown = this.#rows[0].print;
    const fresh = shown ? this.#prints.indexOf(shown) : -1;
    if (fresh <= 0) return;
    const moved = this.#rows.splice(ROWS - fresh, fresh);
    this.#rows.unshift(...moved);
    this.#body.prepend(...moved.map((row) => row.element));
  }

  #trim() {
    this.#prints.length = Math.min(this.#prints.length, ROWS);
    this.#dirty = true;
  }
}

/** Ids start again with a new epoch, times do not. @param {Trade} a @param {Trade} b */
function isBefore(a, b) {
  return a.timeMicros < b.timeMicros || (a.timeMicros === b.timeMicros && a.id < b.id);
}

/** @param {Trade} a @param {Trade} b */
function isSame(a, b) {
  return a.id === b.id && a.timeMicros === b.timeMicros;
}

class Row {
  /** @type {Print|undefined} */
  print;
  /** @type {Instrument|null} */
  #instrument = null;

  /** @param {HTMLTableRowElement} element */
  constructor(element) {
    this.element = element;
    this.side = appendCell(element, 'side');
    this.price = appendCell(element, 'price');
    this.size = appendCell(element);
    this.time = appendCell(element, 'time');
  }

  /** @param {Print|undefined} print @param {Instrument} instrument */
  show(print, instrument) {
    if (print === this.print && instrument === this.#instrument) return;
    this.print = print;
    this.#instrument = instrument;
    setAttribute(this.element, 'data-side', print?.side ?? '');
    if (!print) {
      for (const cell of [this.side, this.price, this.size, this.time]) cell.set('');
      return;
    }
    this.side.set(print.side === 'buy' ? '▲ Buy' : '▼ Sell');
    this.price.set(toGrouped(print.priceTicks, instrument.tick));
    this.size.set(toGrouped(print.sizeLots, instrument.lot));
    this.time.set(clock(print.timeMicros));
    setAttribute(this.element, 'data-trade', String(print.id));
    setAttribute(this.element, 'data-missed', String(print.missed));
    setAttribute(this.element, 'title', print.missed > 0 ? `${print.missed} trades missed before this one` : '');
  }
}

/** @param {number} micros since 1970 @returns {string} local time of day */
function clock(micros) {
  const date = new Date(micros / 1000);
  const two = (/** @type {number} */ n) => String(n).padStart(2, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}
