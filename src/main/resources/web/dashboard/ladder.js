// @ts-check
import { group, toDecimal, toGrouped } from '../client/v1/decimal.js';
import { appendCell, appendRow, byId, cellById, sectionOf, setAttribute } from './cells.js';

/**
 * @typedef {import('../client/v1/book.js').Book} Book
 * @typedef {import('../client/v1/side.js').BookSide} BookSide
 * @typedef {import('../client/v1/sbe.js').Instrument} Instrument
 */

const WHOLE_PERCENT = 100;

/** The order book as a table: asks above bids, worst ask first, every row made once and rewritten in place. */
export class Ladder {
  #table = byId('ladder');
  #version = cellById('ladder-version');
  #middle;
  #asks;
  #bids;

  /** @param {number} depth rows a side */
  constructor(depth) {
    this.#asks = makeRows('.asks', 'ask', depth).reverse();
    this.#bids = makeRows('.bids', 'bid', depth);
    this.#middle = makeMiddle();
  }

  /** Brings the spread into the middle of what can be seen. */
  center() {
    const scroll = byId('ladder-scroll');
    scroll.scrollTop = (scroll.scrollHeight - scroll.clientHeight) / 2;
  }

  /** @param {string} symbol of a book that has not arrived yet */
  clear(symbol) {
    for (const row of [...this.#asks, ...this.#bids]) row.clear();
    this.#middle.set('');
    this.#version.set('');
    this.#describe(symbol, '', false);
  }

  /** @param {Book} book */
  paint(book) {
    const { instrument, bids, asks } = book;
    const fullLots = Math.max(sum(bids, this.#bids.length), sum(asks, this.#asks.length));
    paintSide(this.#asks, asks, instrument, fullLots);
    paintSide(this.#bids, bids, instrument, fullLots);
    this.#middle.set(middle(book));
    this.#version.set(book.proved ? book.version : 'resyncing');
    this.#describe(book.symbol, book.version, book.proved);
  }

  /** @param {string} symbol @param {string} version @param {boolean} proved */
  #describe(symbol, version, proved) {
    setAttribute(this.#table, 'data-symbol', symbol);
    setAttribute(this.#table, 'data-version', version);
    setAttribute(this.#table, 'data-proved', String(proved));
  }
}

class Row {
  #priceTicks = -1;
  #sizeLots = -1;
  #totalLots = -1;
  #percent = -1;
  /** @type {Instrument|null} */
  #instrument = null;

  /** @param {HTMLTableRowElement} element @param {'bid'|'ask'} side */
  constructor(element, side) {
    this.element = element;
    element.dataset.side = side;
    this.price = appendCell(element, 'price');
    this.size = appendCell(element);
    this.total = appendCell(element, 'total');
  }

  clear() {
    this.#instrument = null;
    this.price.set('');
    this.size.set('');
    this.total.set('');
    this.bar(0);
    delete this.element.dataset.price;
    delete this.element.dataset.size;
  }

  /** @param {Instrument} instrument @param {number} priceTicks @param {number} sizeLots @param {number} totalLots */
  show(instrument, priceTicks, sizeLots, totalLots) {
    const fresh = instrument !== this.#instrument;
    this.#instrument = instrument;
    if (fresh || priceTicks !== this.#priceTicks) {
      const price = toDecimal(priceTicks, instrument.tick);
      this.element.dataset.price = price;
      this.price.set(group(price));
    }
    if (fresh || sizeLots !== this.#sizeLots) {
      const size = toDecimal(sizeLots, instrument.lot);
      this.element.dataset.size = size;
      this.size.set(group(size));
    }
    if (fresh || totalLots !== this.#totalLots) this.total.set(toGrouped(totalLots, instrument.lot));
    this.#priceTicks = priceTicks;
    this.#sizeLots = sizeLots;
    this.#totalLots = totalLots;
  }

  /** @param {number} percent of the row that the depth bar covers */
  bar(percent) {
    if (percent === this.#percent) return;
    this.#percent = percent;
    this.element.style.backgroundSize = `${percent}%`;
  }
}

/** @param {Row[]} rows best first @param {BookSide} side @param {Instrument} instrument @param {number} fullLots */
function paintSide(rows, side, instrument, fullLots) {
  let totalLots = 0;
  for (let i = 0; i < rows.length; i++) {
    if (i >= side.length) {
      rows[i].clear();
      continue;
    }
    totalLots += side.sizeLots[i];
    rows[i].show(instrument, side.priceTicks[i], side.sizeLots[i], totalLots);
    rows[i].bar(Math.round((totalLots / fullLots) * WHOLE_PERCENT));
  }
}

/** @param {BookSide} side @param {number} levels */
function sum(side, levels) {
  let lots = 0;
  for (let i = 0; i < side.length && i < levels; i++) lots += side.sizeLots[i];
  return lots;
}

/** Spread, and the mid price, which may lie on half a tick. @param {Book} book */
function middle({ bids, asks, instrument: { tick } }) {
  if (bids.length === 0 || asks.length === 0) return 'one side is empty';
  const [bid] = bids.priceTicks;
  const [ask] = asks.priceTicks;
  const half = { mantissa: tick.mantissa * 5, exponent: tick.exponent - 1 };
  return `Spread ${toGrouped(ask - bid, tick)}   Mid ${toGrouped(bid + ask, half)}`;
}

/** @param {string} body @param {'bid'|'ask'} side @param {number} depth */
function makeRows(body, side, depth) {
  const section = sectionOf('ladder', body);
  return Array.from({ length: depth }, () => new Row(appendRow(section), side));
}

function makeMiddle() {
  const cell = appendCell(appendRow(sectionOf('ladder', '.middle')));
  cell.element.setAttribute('aria-colspan', '3');
  return cell;
}
