// @ts-check
import { Book } from './book.js';
import { hasSameSteps } from './decimal.js';

/**
 * @typedef {import('./sbe.js').BookMessage} BookMessage
 * @typedef {import('./sbe.js').Instrument} Instrument
 * @typedef {import('./subscriptions.js').Subscriptions} Subscriptions
 * @typedef {import('./book.js').Outcome} Outcome
 */

/** A resync that brought no snapshot within this time is asked for again. */
const RESYNC_PATIENCE_MILLIS = 5_000;

/** The books that a client holds, and what repairs them. */
export class Books {
  /** @type {Map<string, Book>} */
  bySymbol = new Map();
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
    const book = this.of(instrument);
    this.#counters[message.type === 'snapshot' ? 'snapshots' : 'deltas']++;
    const outcome = book.apply(message);
    if (outcome === 'waiting') this.#repeatResync(book);
    if (outcome === 'gap' || outcome === 'checksum') {
      this.#counters.gaps++;
      this.resync(book.symbol, outcome);
    }
    return { book, outcome };
  }

  /** What follows is to the depth that the server says. @param {Record<string, any>} control `subscribed` @param {Map<string, Instrument>} instruments */
  confirmed({ symbols = {}, depth }, instruments) {
    for (const symbol of Object.keys(symbols)) {
      const instrument = instruments.get(symbol);
      if (instrument) this.of(instrument).deepen(depth);
    }
  }

  /** @param {string} symbol @returns {Book|null} whose version a delta may continue */
  held(symbol) {
    const book = this.bySymbol.get(symbol);
    return book && !book.waiting ? book : null;
  }

  /** Whoever reads deltas from now on knows none of the books: each has to come whole. */
  readAnew() {
    for (const book of this.bySymbol.values()) book.waiting = true;
  }

  /** @param {string} symbol @param {string} why */
  resync(symbol, why) {
    const book = this.bySymbol.get(symbol);
    if (!book) return;
    this.#counters.resyncs++;
    this.#askedMillis.set(book, performance.now());
    this.#subscriptions.resync(symbol, why);
  }

  /** @param {string} symbol @param {number} depth @returns {string|null} the version to resume from */
  heldVersion(symbol, depth) {
    const book = this.held(symbol);
    return book?.depth === depth ? book.version : null;
  }

  /** Prices are counted in the steps of a definition; with other steps they mean nothing. @param {Map<string, Instrument>} instruments */
  redefine(instruments) {
    for (const [symbol, book] of this.bySymbol) {
      const instrument = instruments.get(symbol);
      if (!instrument) continue;
      if (!hasSameSteps(instrument, book.instrument)) book.restart();
      book.instrument = instrument;
    }
  }

  /** Lets go of what is no longer sent. @param {string} symbol or `'*'` */
  release(symbol) {
    for (const [name, book] of this.bySymbol) {
      if (this.#subscriptions.covers('book', name) || this.#subscriptions.wants('book', name)) continue;
      if (symbol !== '*' && symbol !== name) continue;
      this.bySymbol.delete(name);
      this.#askedMillis.delete(book);
    }
  }

  /** @param {Instrument} instrument @returns {Book} */
  of(instrument) {
    let book = this.bySymbol.get(instrument.symbol);
    if (!book) {
      book = new Book(instrument);
      this.bySymbol.set(instrument.symbol, book);
      this.#askedMillis.set(book, performance.now());
    }
    return book;
  }

  /** @param {Book} book */
  #repeatResync(book) {
    const asked = this.#askedMillis.get(book) ?? 0;
    if (performance.now() - asked > RESYNC_PATIENCE_MILLIS) this.resync(book.symbol, 'no snapshot');
  }
}
