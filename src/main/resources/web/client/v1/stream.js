// @ts-check
import { AgeReport } from './age-report.js';
import { Books } from './books.js';
import { Commands } from './commands.js';
import { Connection, streamUrl } from './connection.js';
import { GatewayState } from './gateway-state.js';
import { Inlet } from './inlet.js';
import { toMessage } from './json.js';
import { laneOf } from './lane.js';
import { fetchInstruments, requestsBeside } from './rest.js';
import { Router } from './router.js';
import { Subscriptions } from './subscriptions.js';
import { TokenSource } from './token-source.js';

/**
 * @typedef {import('./sbe.js').DataMessage} DataMessage
 * @typedef {import('./sbe.js').BookMessage} BookMessage
 * @typedef {import('./sbe.js').Instrument} Instrument
 * @typedef {import('./book.js').Book} Book
 * @typedef {import('./errors.js').DepthcastError} DepthcastError
 * @typedef {import('./gateway-state.js').State} State
 * @typedef {import('./subscriptions.js').Channel} Channel
 * @typedef {import('./lane.js').Lane} Lane
 * @typedef {import('./connection.js').StateChange} ConnectionChange
 * @typedef {import('./connection.js').ConnectionOptions} ConnectionOptions
 *
 * @typedef {ConnectionOptions & {subprotocol?: 'depthcast.v1.compact'|'depthcast.v1.sbe'|'depthcast.v1.json',
 *     token?: string | (() => string | Promise<string>), worker?: boolean}} StreamOptions
 *     JSON is for reading along in the developer tools; it costs several times the bytes of SBE, and that several times those
 *     of compact; `token`, or what gives one, is asked for before every connection and when the present one ends soon;
 *     `worker` has frames of the binary encodings read by a worker
 */

const COMPACT = 'depthcast.v1.compact';
const JSON_TEXT = 'depthcast.v1.json';

/**
 * The connection and all that it brings. Books in `books` are proved by version and checksum; one that fails asks for a
 * snapshot by itself.
 */
export class Stream extends GatewayState {
  /** Whose token this client shows; requests beside the stream need one as well. @type {TokenSource} */
  tokens;
  /** @protected @type {Subscriptions} */
  subscriptions;
  /** @protected */
  router = new Router();
  /** @protected */
  commands = new Commands((text) => this.#connection.send(text));
  #ages = new AgeReport((text) => this.#connection.send(text));
  /** @type {Books} */
  #books;
  /** @type {Inlet} */
  #inlet;
  #usesWorker;
  /** @type {Connection} */
  #connection;
  /** @type {State} */
  #state = 'connecting';

  /** @param {string} url @param {StreamOptions} options */
  constructor(url, { subprotocol = COMPACT, token = '', connect = true, worker = false, ...options }) {
    super();
    this.url = streamUrl(url);
    this.subprotocol = subprotocol;
    this.tokens = new TokenSource(token);
    this.subscriptions = new Subscriptions({
      send: (text) => this.#connection.send(text),
      heldVersion: (symbol, depth, lane) => this.#books.heldVersion(symbol, depth, lane),
      heldSymbols: (lane) => this.#books.symbols(lane),
      onReleased: (lane, symbol) => this.#books.release(lane, symbol),
    });
    this.#books = new Books(this.subscriptions, this.counters);
    this.#usesWorker = worker && subprotocol !== JSON_TEXT;
    const inlet = new Inlet(subprotocol, {
      held: (id, depth, group) => this.#books.held(this.byId.get(id)?.symbol ?? '', laneOf('book', { depth, group })),
      onMessage: (message) => this.#onData(message),
      onUnreadable: (reason) => this.#connection.giveUp(`unreadable: ${reason}`),
    });
    this.#inlet = inlet;
    const listener = {
      onText: (/** @type {string} */ text) => inlet.inOrder(() => this.#onText(text)),
      onBinary: (/** @type {ArrayBuffer} */ bytes) => this.#onBinary(bytes),
      onState: (/** @type {ConnectionChange} */ change) => inlet.inOrder(() => this.#onState(change)),
      onFailure: (/** @type {DepthcastError} */ failure) => inlet.inOrder(() => this.#onFailure(failure)),
      ...(!this.tokens.isEmpty && { token: () => this.tokens.token() }),
    };
    this.#connection = new Connection(this.url, subprotocol, listener, { ...options, connect: false });
    this.#state = connect ? 'connecting' : 'closed';
    if (connect) this.#connection.connect();
  }

  /** Those whose prices are as they are. @type {Map<string, Book>} by symbol */
  get books() {
    return this.#books.bySymbol;
  }

  /** @param {string} symbol @param {{depth?: number, group?: number|string}} terms @returns {Book|undefined} of that depth and group */
  heldBook(symbol, terms) {
    return this.#books.find(symbol, laneOf('book', terms));
  }

  /** @returns {State} */
  get state() {
    return this.#state;
  }

  /** What carries the messages: a WebSocket, or server-sent events where none comes through. */
  get carrier() {
    return this.#connection.carrier;
  }

  /** What the handshake agreed upon, such as `permessage-deflate`. */
  get extensions() {
    return this.#connection.extensions;
  }

  /** Milliseconds since anything came from the server. */
  get silenceMillis() {
    return this.#connection.silenceMillis;
  }

  /** @param {number} timeMicros of an event @returns {number|null} how old it is by the gateway's clock, once that is known */
  ageMillis(timeMicros) {
    return this.#ages.ageMillis(timeMicros, performance.now());
  }

  /** Begins, where it was told not to at once, or begins again after the end. */
  connect() {
    this.#connection.connect();
  }

  /** Drops the connection and resumes on a new one. */
  reconnect() {
    this.#connection.reconnect('asked for');
  }

  /** Has the gateway send a book whole. @param {string} symbol @param {string} [why] @param {{depth?: number, group?: number|string}} [terms] */
  resync(symbol, why = 'asked for', terms = {}) {
    this.#books.resync(symbol, why, laneOf('book', terms));
  }

  /** Ends for good, or until `connect()`. */
  close() {
    this.subscriptions.closed();
    this.#connection.close();
    this.#inlet.stopWorker();
  }

  /** Something that was subscribed is over. @protected @param {Lane} _ @param {string} __ @param {string} ___ @param {string} ____ */
  ended(_, __, ___, ____) {}

  /** @param {ConnectionChange} change */
  #onState(change) {
    if (change.state === 'closed') this.#inlet.stopWorker();
    else if (this.#usesWorker && this.#inlet.startWorker()) this.#books.readAnew();
    if (change.state !== 'connected') {
      this.subscriptions.closed();
      this.commands.lost();
      this.welcome = null;
    }
    this.#enter(change, true);
  }

  /** @param {Omit<ConnectionChange, 'state'>} change @param {boolean} always whether it is told even if the state is the same */
  #enter({ code, reason, retryMillis, attempt }, always) {
    const state = this.#seen();
    if (state === this.#state && !always) return;
    this.#state = state;
    this.emit('state', { state, code, reason, retryMillis, attempt, carrier: this.carrier });
  }

  /** @returns {State} as the connection and what came over it make it */
  #seen() {
    const { state } = this.#connection;
    if (state !== 'connected') return state;
    if (this.feed === 'stale') return 'stale';
    return this.pace === 'live' ? 'live' : 'conflating';
  }

  #reconsider() {
    this.#enter({ code: 0, reason: '', retryMillis: 0, attempt: 0 }, false);
  }

  /** @param {DepthcastError} failure */
  #onFailure(failure) {
    this.failure = failure;
    this.emit('failure', failure);
  }

  /** @param {ArrayBuffer} bytes */
  #onBinary(bytes) {
    this.counters.frames++;
    this.counters.bytes += bytes.byteLength;
    this.#inlet.frame(bytes);
  }

  /** @param {string} text */
  #onText(text) {
    this.counters.frames++;
    this.counters.bytes += text.length;
    for (const message of [JSON.parse(text)].flat()) {
      if (message.op) this.#onControl(message);
      else this.#onJson(toMessage(message, this.instruments));
    }
  }

  /** @param {DataMessage|null} message null if it is not known here */
  #onJson(message) {
    if (message) this.#onData(message);
  }

  /** @param {DataMessage} message */
  #onData(message) {
    if (message.type === 'heartbeat') this.#beat(message);
    else if (message.type === 'instruments') this.#learn(message.instruments);
    else this.#onPrices(message, this.byId.get(message.instrument));
  }

  /** @param {import('./sbe.js').Heartbeat} message */
  #beat(message) {
    this.feed = message.feed;
    if (this.reportsAge) this.#ages.beat(performance.now());
    this.#reconsider();
    this.emit('heartbeat', message);
  }

  /** @param {Exclude<DataMessage, {type: 'heartbeat'|'instruments'}>} message @param {Instrument|undefined} instrument */
  #onPrices(message, instrument) {
    if (!instrument) return;
    const { symbol } = instrument;
    if (message.type === 'status') {
      this.#changeStatus(instrument, message);
      return;
    }
    this.counters.updates++;
    if (message.type === 'snapshot' || message.type === 'delta') {
      this.#onBook(message, instrument);
      return;
    }
    const named = /** @type {any} */ (Object.assign(message, { symbol }));
    this.router.deliver(message.type === 'candle' ? 'candles' : message.type, symbol, named);
    this.emit(message.type, named);
  }

  /** @param {Instrument} instrument @param {import('./sbe.js').StatusMessage} message */
  #changeStatus(instrument, { status, timeMicros }) {
    instrument.status = status;
    this.router.changeStatus(instrument.symbol, status);
    this.emit('status', { symbol: instrument.symbol, status, timeMicros });
  }

  /** @param {BookMessage} message @param {Instrument} instrument */
  #onBook(message, instrument) {
    if (!this.subscriptions.covers(laneOf('book', message), instrument.symbol)) return;
    const { book, outcome } = this.#books.apply(message, instrument);
    if (outcome === 'applied') {
      // A snapshot may be of a book that has not moved for long.
      if (message.type === 'delta') this.#ages.applied(message.timeMicros, performance.now());
      this.router.deliver(book.lane, book.symbol, book);
      this.emit('book', book);
    } else if (outcome !== 'waiting') {
      this.emit('gap', { symbol: book.symbol, why: outcome });
    }
  }

  /** @param {Instrument[]} instruments */
  #learn(instruments) {
    for (const symbol of this.defined(instruments)) this.router.restart(symbol);
    this.#books.redefine(this.instruments);
    this.emit('instruments', this.instruments);
  }

  /** @param {Record<string, any>} control */
  #onControl(control) {
    if (this.#ages.takes(control, performance.now()) || this.commands.takes(control)) return;
    switch (control.op) {
      case 'welcome':
        void this.#welcomed(control);
        break;
      case 'subscribed':
        this.#subscribed(control);
        break;
      case 'unsubscribed':
        if (control.why) this.#unsubscribed(control);
        break;
      case 'error':
        this.#refused(control);
        break;
      case 'notice':
        this.#onNotice(control);
        break;
    } // otherwise an answer that nobody waits for, or a word of a newer server
  }

  /** @param {Record<string, any>} control */
  #refused(control) {
    for (const { lane, symbol } of this.subscriptions.refused(control.id, control.code, control.symbol)) {
      this.ended(lane, symbol, control.code, control.reason);
    }
    this.emit('refused', control);
  }

  /** The gateway ended it by itself. @param {Record<string, any>} control */
  #unsubscribed({ channel, symbols, why, reason = why, ...terms }) {
    const names = Array.isArray(symbols) ? symbols : Object.keys(symbols ?? {});
    for (const lane of this.subscriptions.lanes(channel, terms)) {
      this.subscriptions.ended(lane, names);
      for (const symbol of names) {
        this.#books.drop(lane, symbol);
        this.ended(lane, symbol, why, `${symbol}: ${reason}`);
      }
    }
  }

  /** @param {Record<string, any>} notice */
  #onNotice(notice) {
    this.noticed(notice);
    if (notice.code === 'draining') this.#connection.reconnectNotBefore(notice.reconnectAfterMillis ?? 0);
    if (notice.code === 'token-expiring') void this.tokens.renew((text) => this.#connection.send(text));
    this.#reconsider();
    this.emit('notice', notice);
  }

  /** @param {Record<string, any>} control */
  async #welcomed(control) {
    this.greeted(control);
    this.#inlet.clock(control.time);
    if (this.subprotocol === JSON_TEXT && this.carrier === 'websocket') await this.#fetchInstruments(control);
    if (this.welcome !== control) return;
    if (this.counters.connects++ > 0) this.counters.reconnects++;
    this.#connection.welcomed(control.session, control.limits?.lossSpreadMillis);
    this.subscriptions.opened();
    if (this.reportsAge) this.#ages.beat(performance.now());
  }

  /** The binary encodings bring the instruments along, JSON of an older gateway does not. @param {Record<string, any>} control */
  async #fetchInstruments(control) {
    try {
      this.#learn(await fetchInstruments(requestsBeside(this.url), await this.tokens.token()));
    } catch (e) {
      if (this.welcome === control) this.#connection.giveUp(`no instruments: ${e}`);
    }
  }

  /** @param {Record<string, any>} control */
  #subscribed(control) {
    this.subscriptions.accepted(control.id);
    if (control.channel === 'book') this.#books.confirmed(control, this.instruments);
    this.router.accepted(control);
  }
}
