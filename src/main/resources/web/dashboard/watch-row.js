// @ts-check
import { toGrouped } from '../client/v1/decimal.js';
import { appendCell, appendElement, appendRow, Cell, press, setAttribute } from './cells.js';
import { changePercent, shownTurnover, turnover, value } from './day-figures.js';
import { shownChange } from './percent.js';
import { SparkLine } from './spark-line.js';

/**
 * @typedef {import('../client/v1/depthcast.js').BestBidOffer} BestBidOffer
 * @typedef {import('../client/v1/sbe.js').Instrument} Instrument
 * @typedef {import('./day-stats.js').DayStat} DayStat
 */

const FLASH_MILLIS = 250;
/** A row that moves all the time shall flash now and then, not glow. */
const FLASH_PAUSE_MILLIS = 1_500;

/** One instrument of the watchlist. */
export class WatchRow {
  #middle = 0;
  #flashedMillis = 0;
  #spreadTicks = Infinity;
  /** @type {DayStat|undefined} */
  #stat;

  /** @param {HTMLTableSectionElement} section @param {Instrument} instrument */
  constructor(section, instrument) {
    this.element = appendRow(section);
    this.instrument = instrument;
    this.element.dataset.symbol = instrument.symbol;
    this.star = button(appendElement(this.element, 'star', 'gridcell'), '☆', `Favourite ${instrument.symbol} (f)`);
    this.star.dataset.act = 'star';
    this.symbol = appendCell(this.element, 'symbol', 'rowheader');
    this.symbol.set(instrument.symbol);
    this.last = appendCell(this.element, 'last-price', 'gridcell');
    this.change = appendCell(this.element, 'change', 'gridcell');
    this.spark = new SparkLine(appendElement(this.element, 'spark', 'gridcell'));
    this.volume = appendCell(this.element, 'volume', 'gridcell');
    this.spread = appendCell(this.element, 'spread', 'gridcell');
    const beside = button(
      appendElement(this.element, 'beside', 'gridcell'),
      '+',
      `Show ${instrument.symbol} beside (a)`,
    );
    beside.dataset.act = 'beside';
    this.status(instrument.status);
  }

  /** @param {string} status */
  status(status) {
    setAttribute(this.element, 'data-status', status);
    setAttribute(this.symbol.element, 'title', status === 'open' ? '' : `${this.instrument.symbol} is ${status}`);
  }

  /** @param {boolean} favourite */
  favour(favourite) {
    press(this.star, favourite);
    this.star.textContent = favourite ? '★' : '☆';
  }

  /** What the list is sorted by. @param {string} column @returns {string|number} */
  key(column) {
    const stat = this.#stat;
    switch (column) {
      case 'last':
        return value(stat?.lastTicks ?? 0, this.instrument.tick);
      case 'change':
        return changePercent(stat) ?? -Infinity;
      case 'volume':
        return turnover(stat, this.instrument);
      case 'spread':
        return this.#spreadTicks;
      default:
        return this.instrument.symbol;
    }
  }

  /** @param {BestBidOffer} bbo @param {number} nowMillis */
  quote({ bidSizeLots, askSizeLots, bidPriceTicks, askPriceTicks }, nowMillis) {
    const whole = bidSizeLots > 0 && askSizeLots > 0;
    this.#spreadTicks = whole ? askPriceTicks - bidPriceTicks : Infinity;
    this.spread.set(whole ? String(this.#spreadTicks) : '–');
    if (whole) this.#moveTo(bidPriceTicks + askPriceTicks, nowMillis);
  }

  /** @param {DayStat|undefined} stat */
  day(stat) {
    this.#stat = stat;
    if (!stat || stat.lastTicks === 0) {
      this.last.set('–');
      return;
    }
    this.last.set(toGrouped(stat.lastTicks, this.instrument.tick));
    const change = changePercent(stat);
    const { text, move } = change === null ? { text: '–', move: 'same' } : shownChange(change);
    this.change.set(text);
    setAttribute(this.change.element, 'data-move', move);
    this.volume.set(shownTurnover(turnover(stat, this.instrument)));
    this.spark.show(stat.closes);
  }

  /** @param {number} nowMillis */
  calm(nowMillis) {
    if (nowMillis - this.#flashedMillis > FLASH_MILLIS) setAttribute(this.element, 'data-flash', 'off');
  }

  /** @param {number} middle twice the mid price @param {number} nowMillis */
  #moveTo(middle, nowMillis) {
    const before = this.#middle;
    this.#middle = middle;
    if (before === 0 || before === middle) return;
    setAttribute(this.element, 'data-move', middle > before ? 'up' : 'down');
    if (nowMillis - this.#flashedMillis < FLASH_PAUSE_MILLIS) return;
    this.#flashedMillis = nowMillis;
    setAttribute(this.element, 'data-flash', 'on');
  }
}

/** @param {HTMLElement} cell @param {string} text @param {string} title */
function button(cell, text, title) {
  const made = document.createElement('button');
  made.type = 'button';
  made.tabIndex = -1;
  made.title = title;
  made.setAttribute('aria-label', title);
  new Cell(made).set(text);
  cell.append(made);
  return made;
}
