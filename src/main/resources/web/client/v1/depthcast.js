// @ts-check
import { AgeReport } from './age-report.js';
import { Book } from './book.js';
import { CompactDecoder } from './compact.js';
import { Connection, streamUrl } from './connection.js';
import { toMessage } from './json.js';
import { fetchInstruments } from './rest.js';
import { decode } from './sbe.js';
import { Subscriptions } from './subscriptions.js';
import { TokenSource } from './token-source.js';

/**
 * @typedef {import('./sbe.js').DataMessage} DataMessage
 * @typedef {import('./sbe.js').BookMessage} BookMessage
 * @typedef {import('./sbe.js').Instrument} Instrument
 * @typedef {import('./subscriptions.js').Channel} Channel
 * @typedef {import('./subscriptions.js').Parameters} Parameters
 * @typedef {import('./connection.js').State} State
 * @typedef {import('./connection.js').StateChange} StateChange
 */

const COMPACT = 'depthcast.v1.compact';
const SBE = 'depthcast.v1.sbe';
const JSON_TEXT = 'depthcast.v1.json';
const DEFAULT_DEPTH = 25;
/** A resync that brought no snapshot within this time is asked for again. */
const RESYNC_PATIENCE_MILLIS = 5_000;
/** Notices that say how the gateway serves this connection. */
const PACES = new Set(['live', 'conflating', 'slow']);

/**
 * A client of a Depthcast gateway. It connects at once, comes back when the connection ends, and takes up every book
 * where it left it. Books in `books` are proved by version and checksum; one that fails asks for a snapshot by itself.
 *
 * Events are `CustomEvent`s; what stands in `detail`:
 * - `state`: a `StateChange`;
 * - `book`: the `Book` that changed;
 * - `bbo`, `trades`, `candle`: the decoded message with its `symbol`;
 * - `heartbeat`: `{timeMicros, feed}`;
 * - `instruments`: the map `instruments`;
 * - `gap`: `{symbol, why: 'gap'|'checksum'}`, a resync has been asked for;
 * - `notice`: a notice of the server;
 * - `refused`: an error of the server, `{code, reason, symbol}`.
 */
export class Depthcast extends EventTarget {
  /** @type {Map<string, Instrument>} by symbol */
  instruments = new Map();
  /** @type {Map<string, Book>} by symbol */
  books = new Map();
  /** Since the start; bytes are those of the messages, after inflation. */
  counters = { updates: 0, bytes: 0, snapshots: 0, deltas: 0, gaps: 0, resyncs: 0, connects: 0, reconnects: 0 };
  /** What the last heartbeat said of the feed. @type {'live'|'stale'|'halted'} */
  feed = 'live';
  /** Time between two flushes: the server says when overload makes it longer, and when that is over. 0 before the first welcome. */
  flushMillis = 0;
  /** Whether the server flushes less often than it would, for everybody, because it is overloaded. */
  overloaded = false;
  /** How the gateway serves this connection: every update, merged ones, or about to close it. */
  pace = /** @type {'live'|'conflating'|'slow'} */ ('live');
  /** Whether the server is told now and then how old prices are here. */
  reportsAge = true;
  /** The `welcome` of this connection. @type {Record<string, any>|null} */
  welcome = null;
  /** Why the server closed the connection before this one, if it knows. @type {{code: number, reason: string}|null} */
  lastClose = null;
  /** Whose token this client shows; requests beside the stream need one as well. @type {TokenSource} */
  tokens;
  /** @type {Map<number, Instrument>} */
  #byId = new Map();
  /** @type {Map<Book, number>} when a snapshot was last asked for */
  #resyncedMillis = new Map();
  #compact = new CompactDecoder((instrument) => this.#provedBook(instrument));
  #ages = new AgeReport((text) => this.#connection.send(text));
  #subscriptions;
  #connection;

  /**
   * @param {string} [url] of the stream; relative to the page
   * @param {{subprotocol?: 'depthcast.v1.compact'|'depthcast.v1.sbe'|'depthcast.v1.json', random?: () => number,
   *     token?: string | (() => string | Promise<string>)}} [options]
   *     JSON is for reading along in the developer tools; it costs several times the bytes of SBE, and that several
   *     times those of compact; `token`, or what gives one, is asked for before every connection and when the present one
   *     ends soon
   */
  constructor(url = '/v1/stream', { subprotocol = COMPACT, random = Math.random, token = '' } = {}) {
    super();
    this.url = streamUrl(url);
    this.subprotocol = subprotocol;
    this.tokens = new TokenSource(token);
    this.#subscriptions = new Subscriptions({
      send: (text) => this.#connection.send(text),
      heldVersion: (symbol, depth) => this.#heldVersion(symbol, depth),
      heldSymbols: () => [...this.books.keys()],
      onReleased: (channel, symbol) => this.#released(channel, symbol),
    });
    this.#connection = new Connection(
      this.url,
      subprotocol,
      {
        onText: (text) => this.#onText(text),
        onBinary: (bytes) => this.#onBinary(bytes),
        onState: (change) => this.#onState(change),
        ...(!this.tokens.isEmpty && { token: () => this.tokens.token() }),
      },
      random,
    );
  }

  /** @returns {State} */
  get state() {
    return this.#connection.state;
  }

  /** Milliseconds since anything came from the server. */
  get silenceMillis() {
    return this.#connection.silenceMillis;
  }

  /**
   * Asks for a channel, now and on every later connection. The same channel and symbol again changes the parameters.
   *
   * @param {Channel} channel
   * @param {string|string[]} symbols `'*'` for all
   * @param {Parameters} [parameters] `depth` of a book, `interval` of candles, `intervalMillis` between updates
   */
  subscribe(channel, symbols, parameters = {}) {
    const depth = channel === 'book' ? { depth: DEFAULT_DEPTH } : {};
    this.#subscriptions.want(channel, [symbols].flat(), { ...depth, ...parameters });
  }

  /** @param {Channel} channel @param {string|string[]} symbols */
  unsubscribe(channel, symbols) {
    this.#subscriptions.release(channel, [symbols].flat());
  }

  /** Drops the connection and resumes on a new one. */
  reconnect() {
    this.#connection.reconnect('asked for');
  }

  /** Ends for good. */
  close() {
    this.#subscriptions.closed();
    this.#connection.close();
  }

  /** @param {StateChange} change */
  #onState(change) {
    if (change.state !== 'connected') {
      this.#subscriptions.closed();
      this.welcome = null;
    }
    this.#emit('state', change);
  }

  /** @param {ArrayBuffer} bytes */
  #onBinary(bytes) {
    this.counters.bytes += bytes.byteLength;
    try {
      if (this.subprotocol === SBE) decode(bytes, (message) => this.#onData(message));
      else this.#compact.decode(bytes, (message) => this.#onData(message));
    } catch (e) {
      if (!(e instanceof RangeError)) throw e;
      this.#connection.reconnect(`unreadable: ${e.message}`);
    }
  }

  /** @param {DataMessage} message */
  #onData(message) {
    if (message.type === 'heartbeat') {
      this.feed = message.feed;
      if (this.reportsAge) this.#ages.beat(performance.now());
      this.#emit('heartbeat', message);
      return;
    }
    if (message.type === 'instruments') {
      this.#learn(message.instruments);
      return;
    }
    const instrument = this.#byId.get(message.instrument);
    if (!instrument) return;
    this.counters.updates++;
    if (message.type === 'snapshot' || message.type === 'delta') this.#onBook(message, instrument);
    else this.#emit(message.type, Object.assign(message, { symbol: instrument.symbol }));
  }

  /** @param {BookMessage} message @param {Instrument} instrument */
  #onBook(message, instrument) {
    if (!this.#subscriptions.covers('book', instrument.symbol)) return;
    const book = this.#book(instrument);
    this.counters[message.type === 'snapshot' ? 'snapshots' : 'deltas']++;
    const outcome = book.apply(message);
    switch (outcome) {
      case 'applied':
        // A snapshot may be of a book that has not moved for long.
        if (message.type === 'delta') this.#ages.applied(message.timeMicros, performance.now());
        this.#emit('book', book);
        break;
      case 'waiting':
        this.#repeatResync(book);
        break;
      default:
        this.counters.gaps++;
        this.#emit('gap', { symbol: book.symbol, why: outcome });
        this.#resync(book, outcome);
    }
  }

  /** @param {Book} book */
  #repeatResync(book) {
    const asked = this.#resyncedMillis.get(book) ?? 0;
    if (performance.now() - asked > RESYNC_PATIENCE_MILLIS) this.#resync(book, 'no snapshot');
  }

  /** @param {Book} book @param {string} why */
  #resync(book, why) {
    this.counters.resyncs++;
    this.#resyncedMillis.set(book, performance.now());
    this.#subscriptions.resync(book.symbol, why);
  }

  /** @param {Instrument} instrument @returns {Book} */
  #book(instrument) {
    let book = this.books.get(instrument.symbol);
    if (!book) {
      book = new Book(instrument);
      this.books.set(instrument.symbol, book);
      this.#resyncedMillis.set(book, performance.now());
    }
    return book;
  }

  /** @param {Instrument[]} instruments */
  #learn(instruments) {
    this.instruments.clear();
    this.#byId.clear();
    for (const instrument of instruments) {
      this.instruments.set(instrument.symbol, instrument);
      this.#byId.set(instrument.id, instrument);
      const book = this.books.get(instrument.symbol);
      if (book) book.instrument = instrument;
    }
    this.#emit('instruments', this.instruments);
  }

  /** @param {string} text */
  #onText(text) {
    this.counters.bytes += text.length;
    for (const message of [JSON.parse(text)].flat()) {
      if (message.op) this.#onControl(message);
      else this.#onJson(message);
    }
  }

  /** @param {Record<string, any>} json */
  #onJson(json) {
    const message = toMessage(json, this.instruments);
    if (message) this.#onData(message);
  }

  /** @param {Record<string, any>} control */
  #onControl(control) {
    if (this.#ages.takes(control, performance.now())) return;
    switch (control.op) {
      case 'welcome':
        this.#welcomed(control);
        break;
      case 'subscribed':
        this.#subscribed(control);
        break;
      case 'error':
        this.#subscriptions.refused(control.id, control.code, control.symbol);
        this.#emit('refused', control);
        break;
      case 'notice':
        this.#noticed(control);
        break;
      default: // an answer that nobody waits for, or a word of a newer server
    }
  }

  /** @param {Record<string, any>} notice */
  #noticed(notice) {
    if (PACES.has(notice.code)) this.pace = notice.code;
    if (notice.code === 'draining') this.#connection.reconnectNotBefore(notice.reconnectAfterMillis ?? 0);
    if (notice.code === 'token-expiring') void this.tokens.renew((text) => this.#connection.send(text));
    if (notice.code === 'overloaded' || notice.code === 'recovered') {
      this.overloaded = notice.code === 'overloaded';
      this.flushMillis = notice.flushMillis;
    }
    this.#emit('notice', notice);
  }

  /** @param {Record<string, any>} control */
  async #welcomed(control) {
    this.welcome = control;
    this.overloaded = false;
    this.flushMillis = control.flushMillis;
    this.pace = 'live';
    this.#compact.clock(control.time);
    if (this.subprotocol === JSON_TEXT) await this.#fetchInstruments(control);
    if (this.welcome !== control) return;
    if (this.counters.connects++ > 0) this.counters.reconnects++;
    this.lastClose = control.lastClose ?? null;
    this.#connection.welcomed(control.session);
    this.#subscriptions.opened();
  }

  /** The binary encodings bring the instruments along, JSON does not. @param {Record<string, any>} control */
  async #fetchInstruments(control) {
    try {
      this.#learn(await fetchInstruments(this.url.replace(/^ws/, 'http'), await this.tokens.token()));
    } catch (e) {
      if (this.welcome === control) this.#connection.reconnect(`no instruments: ${e}`);
    }
  }

  /** What follows is to this depth: levels of another do not count. @param {Record<string, any>} control */
  #subscribed({ id, channel, depth, symbols }) {
    this.#subscriptions.accepted(id);
    if (channel !== 'book') return;
    for (const symbol of Object.keys(symbols ?? {})) {
      const instrument = this.instruments.get(symbol);
      if (!instrument) continue;
      const book = this.#book(instrument);
      if (book.depth !== depth) book.awaitSnapshot();
      book.depth = depth;
    }
  }

  /** @param {number} instrument @returns {Book|null} whose version a delta may continue */
  #provedBook(instrument) {
    const book = this.books.get(this.#byId.get(instrument)?.symbol ?? '');
    return book?.proved ? book : null;
  }

  /** @param {string} symbol @param {number} depth */
  #heldVersion(symbol, depth) {
    const book = this.books.get(symbol);
    return book?.proved && book.depth === depth ? book.version : null;
  }

  /** @param {Channel} channel @param {string} symbol */
  #released(channel, symbol) {
    if (channel !== 'book') return;
    for (const [name, book] of this.books) {
      if (this.#subscriptions.covers('book', name)) continue;
      if (symbol !== '*' && symbol !== name) continue;
      this.books.delete(name);
      this.#resyncedMillis.delete(book);
    }
  }

  /** @param {string} type @param {unknown} detail */
  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
