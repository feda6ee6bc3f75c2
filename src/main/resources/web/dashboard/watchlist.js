// @ts-check
import { toGrouped } from '../client/v1/decimal.js';
import { appendCell, appendRow, sectionOf, setAttribute } from './cells.js';

/**
 * @typedef {import('../client/v1/sbe.js').BestBidOffer} BestBidOffer
 * @typedef {import('../client/v1/sbe.js').Instrument} Instrument
 */

const FLASH_MILLIS = 250;
/** A row that moves all the time shall flash now and then, not glow. */
const FLASH_PAUSE_MILLIS = 1_500;

/** All instruments with their best prices; the arrow keys or a click choose one. */
export class Watchlist {
  /** @type {Map<string, Row>} */
  #rows = new Map();
  #body = sectionOf('watchlist');
  #selected = '';
  #onSelect;

  /** @param {(symbol: string) => void} onSelect */
  constructor(onSelect) {
    this.#onSelect = onSelect;
    this.#body.addEventListener('click', (event) => {
      const row = /** @type {Element} */ (event.target).closest('tr');
      if (row?.dataset.symbol) this.#onSelect(row.dataset.symbol);
    });
  }

  /** @param {Map<string, Instrument>} instruments */
  list(instruments) {
    for (const [symbol, row] of this.#rows) {
      if (instruments.has(symbol)) continue;
      row.element.remove();
      this.#rows.delete(symbol);
    }
    for (const [symbol, instrument] of instruments) {
      const row = this.#rows.get(symbol);
      if (row) row.instrument = instrument;
      else this.#rows.set(symbol, new Row(appendRow(this.#body), instrument));
    }
    this.mark(this.#selected);
  }

  /** @param {BestBidOffer & {symbol: string}} bbo */
  update(bbo) {
    this.#rows.get(bbo.symbol)?.update(bbo);
  }

  /** @param {number} nowMillis */
  paint(nowMillis) {
    for (const row of this.#rows.values()) row.paint(nowMillis);
  }

  /** Shows which one is selected. @param {string} symbol */
  mark(symbol) {
    this.#selected = symbol;
    for (const [name, row] of this.#rows) {
      setAttribute(row.element, 'aria-selected', String(name === symbol));
      row.element.tabIndex = name === symbol ? 0 : -1;
    }
    this.#reveal(symbol);
  }

  /** Scrolls the list, never the page. @param {string} symbol */
  #reveal(symbol) {
    const scroll = /** @type {HTMLElement} */ (this.#body.closest('.scroll'));
    const row = this.#rows.get(symbol)?.element;
    if (!row) return;
    const header = this.#body.offsetTop;
    const above = row.offsetTop - header - scroll.scrollTop;
    const below = row.offsetTop + row.offsetHeight - scroll.scrollTop - scroll.clientHeight;
    if (above < 0) scroll.scrollTop += above;
    else if (below > 0) scroll.scrollTop += below;
  }

  /** @param {number} by rows down, or up where negative */
  move(by) {
    const shown = this.#shown();
    const at = shown.indexOf(this.#selected);
    const next = shown[Math.min(Math.max(at + by, 0), shown.length - 1)];
    if (next === undefined || next === this.#selected) return;
    const focused = this.#body.contains(document.activeElement);
    this.#onSelect(next);
    if (focused) this.#rows.get(next)?.element.focus({ preventScroll: true });
  }

  /** @param {string} text that a shown symbol contains */
  filter(text) {
    const wanted = text.trim().toUpperCase();
    for (const [symbol, row] of this.#rows) row.element.hidden = !symbol.toUpperCase().includes(wanted);
  }

  selectFirst() {
    const [first] = this.#shown();
    if (first !== undefined) this.#onSelect(first);
  }

  #shown() {
    return [...this.#rows.keys()].filter((symbol) => !this.#rows.get(symbol)?.element.hidden);
  }
}

class Row {
  /** @type {BestBidOffer|null} what is to be painted */
  #fresh = null;
  #middle = 0;
  #flashedMillis = 0;

  /** @param {HTMLTableRowElement} element @param {Instrument} instrument */
  constructor(element, instrument) {
    this.element = element;
    this.instrument = instrument;
    element.dataset.symbol = instrument.symbol;
    appendCell(element, 'symbol', 'rowheader').set(instrument.symbol);
    this.bid = appendCell(element, 'bid', 'gridcell');
    this.ask = appendCell(element, 'ask', 'gridcell');
    this.spread = appendCell(element, 'spread', 'gridcell');
  }

  /** @param {BestBidOffer} bbo */
  update(bbo) {
    this.#fresh = bbo;
  }

  /** @param {number} nowMillis */
  paint(nowMillis) {
    if (nowMillis - this.#flashedMillis > FLASH_MILLIS) setAttribute(this.element, 'data-flash', 'off');
    const bbo = this.#fresh;
    if (!bbo) return;
    this.#fresh = null;
    const { tick } = this.instrument;
    const hasBid = bbo.bidSizeLots > 0;
    const hasAsk = bbo.askSizeLots > 0;
    this.bid.set(hasBid ? toGrouped(bbo.bidPriceTicks, tick) : '–');
    this.ask.set(hasAsk ? toGrouped(bbo.askPriceTicks, tick) : '–');
    this.spread.set(hasBid && hasAsk ? String(bbo.askPriceTicks - bbo.bidPriceTicks) : '–');
    if (hasBid && hasAsk) this.#moveTo(bbo.bidPriceTicks + bbo.askPriceTicks, nowMillis);
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
