// @ts-check
import { byId, press, sectionOf, setAttribute } from './cells.js';
import { WatchRow } from './watch-row.js';

/**
 * @typedef {import('../client/v1/depthcast.js').BestBidOffer} BestBidOffer
 * @typedef {import('../client/v1/sbe.js').Instrument} Instrument
 * @typedef {import('./day-stats.js').DayStats} DayStats
 *
 * @typedef {object} WatchActions
 * @property {(symbol: string) => void} select
 * @property {(symbol: string) => void} beside
 */

const FAVOURITES_KEY = 'depthcast.favourites';
const SORT_MILLIS = 2_000;

/** All instruments; the arrow keys or a click choose one. */
export class Watchlist {
  /** @type {Map<string, WatchRow>} */
  #rows = new Map();
  /** @type {Map<string, BestBidOffer>} not painted yet */
  #fresh = new Map();
  #favourites = new Set(/** @type {string[]} */ (JSON.parse(localStorage.getItem(FAVOURITES_KEY) ?? '[]')));
  /** Rows that can be seen; others are not painted. @type {Set<string>} */
  #seen = new Set();
  #watcher = new IntersectionObserver((entries) => this.#see(entries));
  #body = sectionOf(byId('watchlist'));
  #selected = '';
  #text = '';
  #starredOnly = false;
  /** @type {{column: string, down: boolean}|null} null for the gateway's own order */
  #order = null;
  #sortedMillis = 0;
  #stats;
  #actions;

  /** @param {DayStats} stats @param {WatchActions} actions */
  constructor(stats, actions) {
    this.#stats = stats;
    this.#actions = actions;
    this.#body.addEventListener('click', (event) => this.#clicked(/** @type {Element} */ (event.target)));
    byId('watchlist').addEventListener('click', (event) => {
      const { sort } = /** @type {HTMLElement} */ (event.target).dataset;
      if (sort) this.#sortBy(sort);
    });
    byId('starred').addEventListener('click', () => {
      this.#starredOnly = !this.#starredOnly;
      press(byId('starred'), this.#starredOnly);
      this.#filter();
    });
  }

  /** @param {Map<string, Instrument>} instruments */
  list(instruments) {
    for (const [symbol, row] of this.#rows) {
      if (instruments.has(symbol)) continue;
      this.#watcher.unobserve(row.element);
      row.element.remove();
      this.#rows.delete(symbol);
      this.#seen.delete(symbol);
    }
    for (const [symbol, instrument] of instruments) this.#define(symbol, instrument);
    this.#filter();
    this.mark(this.#selected);
  }

  /** @param {BestBidOffer} bbo */
  update(bbo) {
    this.#fresh.set(bbo.symbol, bbo);
  }

  /** @param {string} symbol @param {string} status */
  status(symbol, status) {
    this.#rows.get(symbol)?.status(status);
  }

  /** @param {number} nowMillis */
  paint(nowMillis) {
    for (const symbol of this.#seen) {
      const row = this.#rows.get(symbol);
      const bbo = this.#fresh.get(symbol);
      row?.calm(nowMillis);
      if (bbo) row?.quote(bbo, nowMillis);
      row?.day(this.#stats.bySymbol.get(symbol));
      this.#fresh.delete(symbol);
    }
    this.#stats.want(this.#seen, nowMillis);
    if (this.#order && nowMillis > this.#sortedMillis + SORT_MILLIS) this.#sort(nowMillis);
  }

  /** Shows which one is selected. @param {string} symbol */
  mark(symbol) {
    this.#selected = symbol;
    const reachable = this.#rows.has(symbol) ? symbol : this.#shown()[0];
    for (const [name, row] of this.#rows) {
      setAttribute(row.element, 'aria-selected', String(name === symbol));
      row.element.tabIndex = name === reachable ? 0 : -1;
    }
    this.#reveal(symbol);
  }

  /** @param {number} by rows down, or up where negative */
  move(by) {
    const shown = this.#shown();
    const at = shown.indexOf(this.#selected);
    const next = shown[Math.min(Math.max(at + by, 0), shown.length - 1)];
    if (next === undefined || next === this.#selected) return;
    const focused = this.#body.contains(document.activeElement);
    this.#actions.select(next);
    if (focused) this.#rows.get(next)?.element.focus({ preventScroll: true });
  }

  /** @param {string} text that a shown symbol contains */
  search(text) {
    this.#text = text.trim().toUpperCase();
    this.#filter();
  }

  selectFirst() {
    const [first] = this.#shown();
    if (first !== undefined) this.#actions.select(first);
  }

  /** @param {string} symbol */
  toggleFavourite(symbol) {
    if (!this.#favourites.delete(symbol)) this.#favourites.add(symbol);
    localStorage.setItem(FAVOURITES_KEY, JSON.stringify([...this.#favourites]));
    this.#rows.get(symbol)?.favour(this.#favourites.has(symbol));
    this.#filter();
  }

  /** @param {string} symbol @param {Instrument} instrument */
  #define(symbol, instrument) {
    let row = this.#rows.get(symbol);
    if (!row) {
      row = new WatchRow(this.#body, instrument);
      row.favour(this.#favourites.has(symbol));
      this.#rows.set(symbol, row);
      this.#watcher.observe(row.element);
    }
    row.instrument = instrument;
    row.status(instrument.status);
  }

  /** @param {IntersectionObserverEntry[]} entries */
  #see(entries) {
    for (const { target, isIntersecting } of entries) {
      const symbol = /** @type {HTMLElement} */ (target).dataset.symbol ?? '';
      if (isIntersecting) this.#seen.add(symbol);
      else this.#seen.delete(symbol);
    }
  }

  /** @param {Element} target */
  #clicked(target) {
    const symbol = target.closest('tr')?.dataset.symbol;
    const act = /** @type {HTMLElement|null} */ (target.closest('[data-act]'))?.dataset.act;
    if (!symbol) return;
    if (act === 'star') this.toggleFavourite(symbol);
    else if (act === 'beside') this.#actions.beside(symbol);
    else this.#actions.select(symbol);
  }

  /** First up, then down, then as the gateway has them; figures first down. @param {string} column */
  #sortBy(column) {
    const first = column !== 'symbol';
    if (this.#order?.column !== column) this.#order = { column, down: first };
    else this.#order = this.#order.down === first ? { column, down: !first } : null;
    for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-sort]'))) {
      const sorted = button.dataset.sort === this.#order?.column;
      const way = sorted ? (this.#order?.down ? 'descending' : 'ascending') : 'none';
      setAttribute(/** @type {Element} */ (button.parentElement), 'aria-sort', way);
    }
    this.#sort(performance.now());
  }

  /** @param {number} nowMillis */
  #sort(nowMillis) {
    this.#sortedMillis = nowMillis;
    const order = this.#order;
    const rows = [...this.#rows.values()];
    if (order) {
      const keys = new Map(rows.map((row) => [row, row.key(order.column)]));
      const way = order.down ? -1 : 1;
      rows.sort((a, b) => way * compare(keys.get(a) ?? 0, keys.get(b) ?? 0));
    }
    const moved = rows.some((row, i) => this.#body.rows[i] !== row.element);
    if (!moved) return;
    const focused = document.activeElement;
    this.#body.append(...rows.map((row) => row.element));
    if (focused instanceof HTMLElement && this.#body.contains(focused)) focused.focus({ preventScroll: true });
  }

  #filter() {
    for (const [symbol, row] of this.#rows) {
      const wanted = symbol.toUpperCase().includes(this.#text);
      row.element.hidden = !wanted || (this.#starredOnly && !this.#favourites.has(symbol));
    }
  }

  /** @returns {string[]} from the top */
  #shown() {
    return [...this.#body.rows].filter((row) => !row.hidden).map((row) => row.dataset.symbol ?? '');
  }

  /** Scrolls the list, never the page. @param {string} symbol */
  #reveal(symbol) {
    const scroll = /** @type {HTMLElement} */ (this.#body.closest('.scroll'));
    const row = this.#rows.get(symbol)?.element;
    if (!row) return;
    const above = row.offsetTop - this.#body.offsetTop - scroll.scrollTop;
    const below = row.offsetTop + row.offsetHeight - scroll.scrollTop - scroll.clientHeight;
    if (above < 0) scroll.scrollTop += above;
    else if (below > 0) scroll.scrollTop += below;
  }
}

/** @param {string|number} a @param {string|number} b */
function compare(a, b) {
  if (typeof a === 'string' || typeof b === 'string') return String(a).localeCompare(String(b));
  return a - b;
}
