// @ts-check
import { fromDecimal, toGrouped } from '../client/v1/decimal.js';
import { appendCell, appendRow, padded, press, sectionOf, setAttribute } from './cells.js';
import { prints, Usual } from './prints.js';

/**
 * @typedef {import('../client/v1/sbe.js').Trade} Trade
 * @typedef {import('../client/v1/sbe.js').Instrument} Instrument
 * @typedef {import('./prints.js').Print} Print
 * @typedef {import('./parts.js').Parts} Parts
 */

const MOST_ROWS = 80;
/** As the style sheet has it. */
const ROW_PIXELS = 18;

/** The last trades, newest first. There are rows for those that can be seen, and more as somebody scrolls down to them. */
export class Tape {
  #body;
  #scroll;
  #least;
  #gatherButton;
  /** @type {Row[]} */
  #rows = [];
  #height = 0;
  /** @type {{trades: Trade[], instrument: Instrument}|null} */
  #painted = null;
  #usual = new Usual();
  #gather = true;
  #dirty = true;

  /** @param {Parts} parts */
  constructor(parts) {
    this.#body = sectionOf(parts.get('tape'));
    this.#scroll = /** @type {HTMLElement} */ (this.#body.closest('.scroll'));
    this.#scroll.addEventListener('scroll', () => this.#fit(), { passive: true });
    new ResizeObserver(([{ contentRect }]) => {
      this.#height = contentRect.height;
      this.#fit();
    }).observe(this.#scroll);
    this.#least = /** @type {HTMLInputElement} */ (parts.get('tape-least'));
    this.#gatherButton = parts.get('tape-gather');
    this.#least.addEventListener('input', () => this.touch());
    this.#gatherButton.addEventListener('click', () => {
      this.#gather = !this.#gather;
      press(this.#gatherButton, this.#gather);
      this.touch();
    });
  }

  /** Something has changed. */
  touch() {
    this.#dirty = true;
  }

  /** @param {Trade} trade */
  isLarge(trade) {
    return this.#usual.isLarge(trade.sizeLots);
  }

  /** @param {Trade[]} trades oldest first @param {Instrument} instrument */
  paint(trades, instrument) {
    if (!this.#dirty || this.#rows.length === 0) return;
    this.#dirty = false;
    this.#painted = { trades, instrument };
    this.#usual.learn(trades);
    const leastLots = this.#leastLots(instrument);
    const shown = prints(trades, { rows: this.#rows.length, leastLots, gather: this.#gather, usual: this.#usual });
    this.#moveRowsUp(shown);
    this.#rows.forEach((row, i) => row.show(shown[i], instrument));
  }

  /** As many rows as can be seen, which are painted before the next frame shows them. */
  #fit() {
    const rows = Math.min(Math.ceil((this.#scroll.scrollTop + this.#height) / ROW_PIXELS) + 1, MOST_ROWS);
    if (rows === this.#rows.length) return;
    while (this.#rows.length > rows) this.#rows.pop()?.element.remove();
    while (this.#rows.length < rows) this.#rows.push(new Row(this.#body));
    this.touch();
    // What is shown already, not the newest: the screen may be frozen.
    if (this.#painted) this.paint(this.#painted.trades, this.#painted.instrument);
    this.touch();
  }

  /** As many rows as there are new prints go from the bottom to the top, so that the others keep their texts. @param {Print[]} shown */
  #moveRowsUp(shown) {
    const top = this.#rows[0].print;
    const fresh = top ? shown.findIndex(({ id, timeMicros }) => id === top.id && timeMicros === top.timeMicros) : -1;
    if (fresh <= 0) return;
    const moved = this.#rows.splice(this.#rows.length - fresh, fresh);
    this.#rows.unshift(...moved);
    this.#body.prepend(...moved.map((row) => row.element));
  }

  /** What cannot be read filters nothing. @param {Instrument} instrument */
  #leastLots({ lot }) {
    const text = this.#least.value.trim().replaceAll(',', '');
    const readable = /^\d+(\.\d*)?$/.test(text);
    setAttribute(this.#least, 'aria-invalid', String(text !== '' && !readable));
    return readable ? fromDecimal(toFit(text, -lot.exponent), lot) : 0;
  }
}

/** @param {string} decimal @param {number} decimals that are left of it */
function toFit(decimal, decimals) {
  const [whole, fraction = ''] = decimal.split('.');
  return `${whole}.${fraction.slice(0, decimals)}`;
}

class Row {
  /** @type {Print|undefined} */
  print;
  /** @type {Instrument|null} */
  #instrument = null;

  /** @param {HTMLTableSectionElement} section */
  constructor(section) {
    this.element = appendRow(section);
    this.side = appendCell(this.element, 'side');
    this.price = appendCell(this.element, 'price');
    this.size = appendCell(this.element, 'size');
    this.time = appendCell(this.element, 'time');
  }

  /** @param {Print|undefined} print @param {Instrument} instrument */
  show(print, instrument) {
    if (isSame(print, this.print) && instrument === this.#instrument) return;
    this.print = print;
    this.#instrument = instrument;
    setAttribute(this.element, 'data-side', print?.side ?? '');
    if (!print) {
      for (const cell of [this.side, this.price, this.size, this.time]) cell.set('');
      this.element.removeAttribute('data-trade');
      return;
    }
    const more = print.count > 1 ? ` ×${print.count}` : '';
    this.side.set(print.side === 'buy' ? `▲ Buy${more}` : `▼ Sell${more}`);
    this.price.set(toGrouped(print.priceTicks, instrument.tick));
    this.size.set(toGrouped(print.sizeLots, instrument.lot));
    this.time.set(clock(print.timeMicros));
    setAttribute(this.element, 'data-trade', String(print.id));
    setAttribute(this.element, 'data-large', String(print.large));
    setAttribute(this.element, 'data-missed', String(print.missed));
    setAttribute(this.element, 'title', print.missed > 0 ? `${print.missed} trades missed before this one` : '');
  }
}

/** @param {Print|undefined} a @param {Print|undefined} b */
function isSame(a, b) {
  if (!a || !b) return a === b;
  const alike = a.id === b.id && a.timeMicros === b.timeMicros && a.count === b.count;
  return alike && a.sizeLots === b.sizeLots && a.large === b.large && a.missed === b.missed;
}

/** @param {number} micros since 1970 @returns {string} local time of day, to the millisecond */
export function clock(micros) {
  const date = new Date(micros / 1000);
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => padded(part)).join(':');
  return `${time}.${padded(date.getMilliseconds(), 3)}`;
}
