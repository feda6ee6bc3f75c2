// @ts-check
import { Emitter } from './emitter.js';
import { DepthcastError } from './errors.js';

/**
 * @typedef {import('./demand.js').Demand} Demand
 * @typedef {import('./demand.js').Wish} Wish
 * @typedef {import('./subscriptions.js').Channel} Channel
 * @typedef {import('./subscriptions.js').Parameters} Parameters
 * @typedef {import('./sbe.js').Instrument} Instrument
 * @typedef {import('./book.js').Book} Book
 *
 * What a subscription needs of the client that it belongs to.
 * @typedef {object} Owner
 * @property {Demand} demand
 * @property {Map<string, Instrument>} instruments by symbol
 * @property {(symbol: string, terms: {depth?: number, group?: number|string}) => Book|undefined} heldBook
 * @property {string} requests where they go, ending in `/v1/`
 * @property {() => Promise<string>} token empty for none
 * @property {(symbol: string, why: string, terms: {depth?: number, group?: number|string}) => void} resync
 * @property {(subscription: MarketSubscription<any>) => void} enroll
 * @property {(subscription: MarketSubscription<any>) => void} dismiss
 *
 * @typedef {{intervalMillis?: number, signal?: AbortSignal}} CommonOptions `intervalMillis` is the least time between two
 *     events; `signal` closes the subscription
 * @typedef {{error: DepthcastError, status: string, close: undefined}} CommonEvents
 */

/** What is due within this share of the interval counts as due: networks shift things. */
const EARLY_SHARE = 0.25;
/** What answers requests, a thread or a node, learns of a new instrument a little before or after what streams it. */
const HISTORY_MILLIS = [250, 1_000, 4_000];

/**
 * What one component follows. Others that follow the same have subscriptions of their own, with a depth, a pace and an end of
 * their own. Events:
 * - `change`: there is something new;
 * - `status`: the instrument is `open`, `halted`, `auction`, `closed` or `stale` from now on;
 * - `error`: a `DepthcastError`; the subscription is closed, for the gateway refused it or the instrument is gone;
 * - `close`: it is over, by an error, by `close()` or by its signal.
 *
 * `for await (const it of subscription)` gives the newest whenever there is something new: who is slow misses steps, never
 * the last. The loop ends when the subscription is closed, with the error where there was one, and when the client gives up.
 *
 * @template Item what a loop is given, and `change` carries
 * @extends {Emitter<CommonEvents & {change: any}>}
 */
export class MarketSubscription extends Emitter {
  /** Resolves with this subscription at its first data; rejected if it ends, or the client gives up, without any. @type {Promise<this>} */
  ready;
  /** Why the gateway ended it. @type {DepthcastError|null} */
  error = null;
  /** @protected @type {Wish|null} */
  wish = null;
  #closed = false;
  #revision = 0;
  #firedMillis = -Infinity;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;
  /** @type {Set<(error: DepthcastError|null) => void>} loops that wait */
  #waiting = new Set();
  /** Why nothing will come until the client is told to connect again. @type {DepthcastError|null} */
  #hopeless = null;
  #forgetSignal = () => {};
  #settle = { resolve: (/** @type {any} */ _) => {}, reject: (/** @type {unknown} */ _) => {} };

  /** @param {Owner} owner @param {Channel} channel @param {string} symbol @param {CommonOptions} options */
  constructor(owner, channel, symbol, { intervalMillis = 0, signal }) {
    super();
    if (typeof symbol !== 'string' || symbol === '') throw new TypeError(`symbol: a name such as BTC-USD, got ${symbol}`);
    this.owner = owner;
    this.channel = channel;
    this.symbol = symbol;
    this.intervalMillis = intervalMillis;
    this.ready = new Promise((resolve, reject) => (this.#settle = { resolve, reject }));
    this.ready.catch(() => {}); // who does not wait for it hears of it by `error`
    if (signal) this.#endWith(signal);
  }

  /** The instrument's definition, once the gateway has told it. */
  get instrument() {
    return this.owner.instruments.get(this.symbol);
  }

  /** `open`, `halted`, `auction`, `closed` or `stale`. */
  get status() {
    return this.instrument?.status ?? 'open';
  }

  get closed() {
    return this.#closed;
  }

  /** Where what comes for it is told apart from the rest. @returns {import('./lane.js').Lane} */
  get lane() {
    return this.channel;
  }

  /** Ends it; that of others goes on. */
  close() {
    this.#end(null);
  }

  /** The gateway ended it. @param {DepthcastError} error */
  fail(error) {
    this.#end(error);
  }

  /** For `using`. */
  [/** @type {any} */ (Symbol).dispose ?? Symbol.for('dispose')]() {
    this.close();
  }

  /** @returns {AsyncGenerator<Item, void, undefined>} */
  async *[Symbol.asyncIterator]() {
    const given = {};
    let seen = 0;
    for (;;) {
      if (this.#closed) {
        if (this.error) throw this.error;
        return;
      }
      if (this.#revision === seen) {
        if (this.#hopeless) throw this.#hopeless;
        await this.#next();
      } else {
        seen = this.#revision;
        yield this.item(given);
      }
    }
  }

  /** @protected @param {Record<string, any>} _ what one loop has been given, for it to remember @returns {Item} */
  item(_) {
    return /** @type {any} */ (this);
  }

  /** Nothing will come, or something may again. @param {DepthcastError|null} error why the client has given up */
  giveUp(error) {
    this.#hopeless = error;
    if (!error) return;
    this.#settle.reject(error);
    this.#wake(error);
  }

  /** @protected @param {Parameters} parameters that the gateway is asked for */
  begin(parameters) {
    if (this.#closed) return;
    this.wish = this.owner.demand.add(this.channel, this.symbol, parameters);
    this.owner.enroll(this);
  }

  /** The gateway begins to send, on this connection. @param {Record<string, any>} _ its answer */
  accepted(_) {}

  /** A message of this channel and symbol came. @param {any} _ */
  receive(_) {}

  /** Prices and sizes of an instrument count in other steps from now on: what is held of it means nothing. @param {string} _ */
  restart(_) {}

  /**
   * @protected
   * @template Answer
   * @param {() => Promise<Answer>} fetchIt asks for the past
   * @param {number[]} [pausesMillis] before it is asked again, where that failed
   * @returns {Promise<Answer|null>} null if it does not come, or by now nobody waits for it
   */
  async history(fetchIt, pausesMillis = HISTORY_MILLIS) {
    for (let tries = 0; ; tries++) {
      try {
        const answer = await fetchIt();
        return this.#closed ? null : answer;
      } catch (e) {
        if (this.#closed) return null;
        if (tries === pausesMillis.length) {
          console.warn(`${this.symbol}: ${this.channel} without history: ${e}`);
          return null;
        }
        await new Promise((resolve) => setTimeout(resolve, pausesMillis[tries]));
      }
    }
  }

  /** @protected Says that something is new: now, or when the interval is over. @param {Item} [detail] */
  changed(detail) {
    const nowMillis = performance.now();
    const dueMillis = this.#firedMillis + this.intervalMillis;
    if (nowMillis >= dueMillis - EARLY_SHARE * this.intervalMillis) this.#fire(detail);
    else this.#timer ??= setTimeout(() => this.#fire(detail), dueMillis - nowMillis);
  }

  /** @param {Item} [detail] */
  #fire(detail) {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#closed) return;
    this.#firedMillis = performance.now();
    this.#revision++;
    this.#settle.resolve(this);
    this.#wake(null);
    this.emit('change', detail ?? this);
  }

  /** @returns {Promise<void>} */
  #next() {
    return new Promise((resolve, reject) => this.#waiting.add((error) => (error ? reject(error) : resolve())));
  }

  /** @param {DepthcastError|null} error that loops end with */
  #wake(error) {
    for (const wake of this.#waiting) wake(error);
    this.#waiting.clear();
  }

  /** @param {AbortSignal} signal that may be of many, and outlive them */
  #endWith(signal) {
    if (signal.aborted) {
      this.#closed = true;
      this.#settle.reject(new DepthcastError('closed', 'its signal was aborted before'));
      return;
    }
    const end = () => this.close();
    signal.addEventListener('abort', end, { once: true });
    this.#forgetSignal = () => signal.removeEventListener('abort', end);
  }

  /** @param {DepthcastError|null} error */
  #end(error) {
    if (this.#closed) return;
    this.#closed = true;
    this.error = error;
    clearTimeout(this.#timer);
    this.#forgetSignal();
    if (this.wish) this.owner.demand.drop(this.wish);
    this.owner.dismiss(this);
    this.#settle.reject(error ?? new DepthcastError('closed', 'closed before there was anything'));
    this.#wake(null);
    if (error) this.emit('error', error);
    this.emit('close', undefined);
  }
}
