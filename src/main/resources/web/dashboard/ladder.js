// @ts-check
import { AnchoredRows } from './anchored-rows.js';
import { sectionOf, setAttribute } from './cells.js';
import { LadderMiddle } from './ladder-middle.js';
import { LadderRow } from './ladder-row.js';

/**
 * @typedef {import('../client/v1/book-subscription.js').BookSubscription} BookSubscription
 * @typedef {import('../client/v1/levels.js').LevelList} LevelList
 * @typedef {import('./parts.js').Parts} Parts
 */

const WHOLE_PERCENT = 100;
/** Bars move by so many percent, for every change of one costs the browser a style. */
const BAR_PERCENT = 2;
const FLASH_MILLIS = 450;

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
  #anchored;

  /** @param {Parts} parts */
  constructor(parts) {
    this.#table = parts.get('ladder');
    this.#scroll = parts.get('ladder-scroll');
    this.#version = parts.cell('ladder-version');
    this.#middle = new LadderMiddle(sectionOf(this.#table, '.middle'));
    this.#anchored = new AnchoredRows(this.#scroll);
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
    this.center();
  }

  /** Brings the market into the middle of what can be seen. */
  center() {
    this.#anchored.lift();
    this.#scroll.scrollTop = (this.#scroll.scrollHeight - this.#scroll.clientHeight) / 2;
  }

  /** @param {string} symbol of a book that has not arrived yet */
  clear(symbol) {
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

  /** @param {BookSubscription} book @param {number} nowMillis */
  paint(book, nowMillis) {
    const { bids, asks } = book;
    if (!bids.instrument) return;
    if (this.#mode === 'price') {
      this.#anchored.paint(bids, asks, book.group);
    } else {
      const [bidLots, askLots] = [sum(bids), sum(asks)];
      const fullest = Math.max(largest(bids), largest(asks));
      paintSide(this.#asks, asks, fullest, Math.max(bidLots, askLots));
      paintSide(this.#bids, bids, fullest, Math.max(bidLots, askLots));
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

/** @param {LadderRow[]} rows best first @param {LevelList} side @param {number} fullest @param {number} fullLots */
function paintSide(rows, side, fullest, fullLots) {
  const { priceTicks, sizeLots, instrument } = side;
  let totalLots = 0;
  for (let i = 0; i < rows.length; i++) {
    if (i >= side.length) {
      rows[i].clear();
      continue;
    }
    totalLots += sizeLots[i];
    rows[i].show(instrument, priceTicks[i], sizeLots[i], totalLots);
    rows[i].bars(percent(sizeLots[i], fullest), percent(totalLots, fullLots));
  }
}

/** @param {number} part @param {number} whole */
export function percent(part, whole) {
  return whole > 0 ? Math.round(((part / whole) * WHOLE_PERCENT) / BAR_PERCENT) * BAR_PERCENT : 0;
}

/** @param {LevelList} side @returns {number} lots */
export function sum({ sizeLots }) {
  return sizeLots.reduce((a, b) => a + b, 0);
}

/** @param {LevelList} side @returns {number} lots */
export function largest({ sizeLots }) {
  return sizeLots.reduce((a, b) => Math.max(a, b), 0);
}
