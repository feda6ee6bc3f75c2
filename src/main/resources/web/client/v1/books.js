// @ts-check
import { Book } from './book.js';
import { hasSameSteps } from './decimal.js';
import { laneOf } from './lane.js';

/**
 * @typedef {import('./lane.js').Lane} Lane
 * @typedef {import('./sbe.js').BookMessage} BookMessage
 * @typedef {import('./sbe.js').Instrument} Instrument
 * @typedef {import('./subscriptions.js').Subscriptions} Subscriptions
 * @typedef {import('./book.js').Outcome} Outcome
 */

/** A resync that brought no snapshot within this time is asked for again. */
const RESYNC_PATIENCE_MILLIS = 5_000;

/** The books that a client holds, and what repairs them. */
export class Books {
  /** Those whose prices are as they are. @type {Map<string, Book>} */
  bySymbol = new Map();
  /** @type {Map<Lane, Map<string, Book>>} by lane and symbol */
  #byLane = new Map([['book', this.bySymbol]]);
  /** @type {Map<Book, number>} when a snapshot was last asked for */
  #askedMillis = new Map();
  #subscriptions;
  #counters;

  /** @param {Subscriptions} subscriptions @param {{resyncs: number, gaps: number, snapshots: number, deltas: number}} counters */
  constructor(subscriptions, counters) {
    this.#subscriptions = subscriptions;
    this.#counters = counters;
  }

  /** @param {BookMessage} message @param {Instrument} instrument @returns {{book: Book, outcome: Outcome}} */
  apply(message, instrument) {
    const book = this.#of(instrument, message);
    this.#counters[message.type === 'snapshot' ? 'snapshots' : 'deltas']++;
    const outcome = book.apply(message);
    if (outcome === 'waiting') this.#repeatResync(book);
    if (outcome === 'gap' || outcome === 'checksum') {
      this.#counters.gaps++;
      this.resync(book.symbol, outcome, book.lane);
    }
    return { book, outcome };
  }

  /** What follows is to the depth that the server says. @param {Record<string, any>} control `subscribed` @param {Map<string, Instrument>} instruments */
  confirmed({ symbols = {}, ...terms }, instruments) {
    for (const symbol of Object.keys(symbols)) {
      const instrument = instruments.get(symbol);
      if (instrument) this.#of(instrument, /** @type {any} */ (terms)).deepen(/** @type {any} */ (terms).depth);
    }
  }

  /** @param {string} symbol @param {Lane} lane @returns {Book|null} whose version a delta may continue */
  held(symbol, lane) {
    const book = this.find(symbol, lane);
    return book && !book.waiting ? book : null;
  }

  /** Whoever reads deltas from now on knows none of the books: each has to come whole. */
  readAnew() {
    for (const book of this.#all()) book.waiting = true;
  }

  #all() {
    return [...this.#byLane.values()].flatMap((books) => [...books.values()]);
  }

  /** @param {string} symbol @param {Lane} lane @returns {Book|undefined} */
  find(symbol, lane) {
    return this.#byLane.get(lane)?.get(symbol);
  }

  /** @param {Lane} lane @returns {string[]} of the books there */
  symbols(lane) {
    return [...(this.#byLane.get(lane)?.keys() ?? [])];
  }

  /** @param {string} symbol @param {string} why @param {Lane} lane */
  resync(symbol, why, lane) {
    const book = this.find(symbol, lane);
    if (!book) return;
    this.#counters.resyncs++;
    this.#askedMillis.set(book, performance.now());
    this.#subscriptions.resync(symbol, why, lane);
  }

  /** @param {string} symbol @param {number} depth @param {Lane} lane @returns {string|null} the version to resume from */
  heldVersion(symbol, depth, lane) {
    const book = this.held(symbol, lane);
    return book?.depth === depth ? book.version : null;
  }

  /** Prices are counted in the steps of a definition; with other steps they mean nothing. @param {Map<string, Instrument>} instruments */
  redefine(instruments) {
    for (const book of this.#all()) {
      const instrument = instruments.get(book.symbol);
      if (!instrument) continue;
      if (!hasSameSteps(instrument, book.instrument)) book.restart();
      book.instrument = instrument;
    }
  }

  /** Lets go of what is no longer sent. @param {Lane} lane @param {string} symbol or `'*'` */
  release(lane, symbol) {
    for (const [name, book] of this.#byLane.get(lane) ?? []) {
      if (this.#subscriptions.covers(lane, name) || this.#subscriptions.wants(lane, name)) continue;
      if (symbol === '*' || symbol === name) this.#drop(book);
    }
  }

  /** It has ended. @param {Lane} lane @param {string} symbol */
  drop(lane, symbol) {
    const book = this.find(symbol, lane);
    if (book) this.#drop(book);
  }

  /** @param {Book} book */
  #drop(book) {
    this.#byLane.get(book.lane)?.delete(book.symbol);
    this.#askedMillis.delete(book);
  }

  /** @param {Instrument} instrument @param {{depth: number, group?: number|string}} terms @returns {Book} */
  #of(instrument, terms) {
    const lane = laneOf('book', terms);
    const there = this.#byLane.get(lane) ?? new Map();
    this.#byLane.set(lane, there);
    let book = there.get(instrument.symbol);
    if (!book) {
      book = new Book(instrument, terms);
      there.set(instrument.symbol, book);
      this.#askedMillis.set(book, performance.now());
    }
    return book;
  }

  /** @param {Book} book */
  #repeatResync(book) {
    const asked = this.#askedMillis.get(book) ?? 0;
    if (performance.now() - asked > RESYNC_PATIENCE_MILLIS) this.resync(book.symbol, 'no snapshot', book.lane);
  }
}
