// @ts-check
import { AnchoredRows } from './anchored-rows.js';
import { BarScale } from './bar-scale.js';
import { sectionOf, setAttribute } from './cells.js';
import { LadderMiddle } from './ladder-middle.js';
import { LadderRow } from './ladder-row.js';
import { RowsInView } from './rows-in-view.js';

/**
 * @typedef {import('../client/v1/book-subscription.js').BookSubscription} BookSubscription
 * @typedef {import('../client/v1/levels.js').LevelList} LevelList
 * @typedef {import('./parts.js').Parts} Parts
 */

const FLASH_MILLIS = 450;
/** Rows that are scrolled out of sight are kept for those who listen, which needs no more than that. */
const UNSEEN_MILLIS = 1_000;
const HEAD_PIXELS = 22;
/** Both rows of the middle and their lines. */
const MIDDLE_PIXELS = 42;

/**
 * The order book as a table: asks above bids. Either a row a level, which stay around the middle, or a row a price, which stay
 * where they are while the market moves over them.
 */
export class Ladder {
  /** @type {LadderRow[]} best first */
  #asks = [];
  /** @type {LadderRow[]} best first */
  #bids = [];
  #depth = 0;
  /** @type {'levels'|'price'} */
  #mode = 'levels';
  /** @type {Map<number, number>} price in ticks to the end of its flash */
  #flashes = new Map();
  #table;
  #scroll;
  #version;
  #middle;
  #view;
  #anchored;
  /** When rows out of sight are painted as well. */
  #wholeMillis = 0;
  /** Whether they have been left out. */
  #owing = false;

  /** @param {Parts} parts */
  constructor(parts) {
    this.#table = parts.get('ladder');
    this.#scroll = parts.get('ladder-scroll');
    this.#version = parts.cell('ladder-version');
    this.#middle = new LadderMiddle(sectionOf(this.#table, '.middle'));
    this.#view = new RowsInView(
      this.#scroll,
      () => this.#bids[0]?.element,
      {
        onMove: () => {
          this.#wholeMillis = 0;
        },
        onResize: () => this.center(),
      },
    );
    this.#anchored = new AnchoredRows(this.#scroll, this.#view);
  }

  /** @param {number} depth rows a side @param {'levels'|'price'} mode */
  arrange(depth, mode) {
    if (depth === this.#depth && mode === this.#mode) return;
    this.#depth = depth;
    this.#mode = mode;
    setAttribute(this.#table, 'data-mode', mode);
    const [asks, bids] = [sectionOf(this.#table, '.asks'), sectionOf(this.#table, '.bids')];
    asks.replaceChildren();
    bids.replaceChildren();
    if (mode === 'levels') this.#anchored.rows = [];
    this.#asks = Array.from({ length: depth }, () => new LadderRow(asks, 'ask')).reverse();
    this.#bids = Array.from({ length: depth }, () => new LadderRow(bids, 'bid'));
    if (mode === 'price') this.#anchored.rows = [...this.#asks].reverse().concat(this.#bids);
    this.#wholeMillis = 0;
    this.#view.measure();
    this.center();
  }

  /** Brings the market into the middle of what can be seen. */
  center() {
    this.#anchored.lift();
    this.#scroll.scrollTop = (this.#scroll.scrollHeight - this.#scroll.clientHeight) / 2;
  }

  /** @param {string} symbol of a book that has not arrived yet */
  clear(symbol) {
    this.#owing = false;
    for (const row of [...this.#asks, ...this.#bids]) row.clear();
    this.#middle.clear();
    this.#version.set('');
    this.#anchored.lift();
    this.#flashes.clear();
    this.#describe(symbol, '', false);
  }

  /** A large trade at that price. @param {number} priceTicks @param {number} nowMillis */
  flash(priceTicks, nowMillis) {
    this.#flashes.set(priceTicks, nowMillis + FLASH_MILLIS);
  }

  /** Whether rows have to be painted though nothing has changed since. @param {number} nowMillis */
  owes(nowMillis) {
    return this.#owing && nowMillis >= this.#wholeMillis;
  }

  /** @param {BookSubscription} book @param {number} nowMillis */
  paint(book, nowMillis) {
    const { bids, asks } = book;
    if (!bids.instrument) return;
    const whole = nowMillis >= this.#wholeMillis;
    if (whole) this.#wholeMillis = nowMillis + UNSEEN_MILLIS;
    this.#owing = !whole;
    if (this.#mode === 'price') {
      this.#anchored.paint(bids, asks, book.group, whole ? [0, Infinity] : this.#view.range(HEAD_PIXELS, 2 * this.#depth));
    } else {
      const scale = new BarScale(bids, asks);
      const [from, to] = this.#view.range(HEAD_PIXELS, this.#depth);
      const below = HEAD_PIXELS + this.#depth * this.#view.rowPixels + MIDDLE_PIXELS;
      paintSide(this.#asks, asks, scale, whole ? [0, Infinity] : [this.#depth - to, this.#depth - from]);
      paintSide(this.#bids, bids, scale, whole ? [0, Infinity] : this.#view.range(below, this.#depth));
    }
    this.#paintFlashes(book.group, nowMillis);
    this.#middle.paint(book);
    this.#version.set(book.proved ? book.version.replace(/^.*:/, '#') : 'resyncing');
    this.#describe(book.symbol, book.version, book.proved);
  }

  /** @param {number} group @param {number} nowMillis */
  #paintFlashes(group, nowMillis) {
    if (this.#flashes.size === 0) return;
    const lit = new Set();
    for (const [price, until] of this.#flashes) {
      if (until < nowMillis) this.#flashes.delete(price);
      else lit.add(Math.floor(price / group) * group).add(Math.ceil(price / group) * group);
    }
    for (const row of [...this.#asks, ...this.#bids]) row.flash(lit.has(row.priceTicks));
  }

  /** @param {string} symbol @param {string} version @param {boolean} proved */
  #describe(symbol, version, proved) {
    setAttribute(this.#table, 'data-symbol', symbol);
    setAttribute(this.#table, 'data-version', version);
    setAttribute(this.#table, 'data-proved', String(proved));
  }
}

/**
 * @param {LadderRow[]} rows best first
 * @param {LevelList} side
 * @param {BarScale} scale
 * @param {[number, number]} range the first row to be painted, and the one after the last
 */
function paintSide(rows, side, scale, [from, to]) {
  const { priceTicks, sizeLots, instrument } = side;
  let totalLots = 0;
  for (let i = 0; i < rows.length && i < to; i++) {
    if (i < side.length) totalLots += sizeLots[i];
    if (i < from) continue;
    if (i >= side.length) {
      rows[i].clear();
      continue;
    }
    rows[i].show(instrument, priceTicks[i], sizeLots[i], totalLots);
    rows[i].bars(scale.size(sizeLots[i]), scale.total(totalLots));
  }
}
