// @ts-check
import { BookSubscription } from './book-subscription.js';
import { CandlesSubscription } from './candles-subscription.js';
import { Demand } from './demand.js';
import { DepthcastError } from './errors.js';
import { LatestSubscription } from './latest-subscription.js';
import { laneOf } from './lane.js';
import { requestsBeside } from './rest.js';
import { Stream } from './stream.js';
import { TradesSubscription } from './trades-subscription.js';
import { watchVisibility } from './visibility.js';

export { DepthcastError } from './errors.js';

/**
 * @typedef {import('./sbe.js').BestBidOffer & {symbol: string}} BestBidOffer
 * @typedef {import('./sbe.js').Ticker & {symbol: string}} Ticker
 * @typedef {import('./demand.js').Wish} Wish
 * @typedef {import('./subscriptions.js').Channel} Channel
 * @typedef {import('./subscriptions.js').Parameters} Parameters
 * @typedef {import('./book-subscription.js').BookOptions} BookOptions
 * @typedef {import('./trades-subscription.js').TradesOptions} TradesOptions
 * @typedef {import('./candles-subscription.js').CandlesOptions} CandlesOptions
 * @typedef {import('./market-subscription.js').CommonOptions} CommonOptions
 * @typedef {import('./stream.js').StreamOptions} StreamOptions
 * @typedef {StreamOptions & {hiddenIntervalMillis?: number}} DepthcastOptions `hiddenIntervalMillis` is how seldom prices
 *     come while the page is hidden; 0 leaves the pace alone
 */

const HIDDEN_INTERVAL_MILLIS = 1_000;
const DEFAULT_DEPTH = 25;

/**
 * A client of a Depthcast gateway. It connects at once, comes back when the connection ends, and takes up every book where it
 * left it.
 *
 * `book`, `trades`, `candles`, `bbo` and `ticker` each give a subscription of one's own. `subscribe` and the events of this
 * object are for those who would rather have one place for everything; see `StreamEvents` in gateway-state.js.
 */
export class Depthcast extends Stream {
  /** @type {Demand} */
  #demand;
  /** What `subscribe` has asked for. @type {Map<string, Wish>} */
  #own = new Map();
  #unwatch;
  /** @type {import('./market-subscription.js').Owner} */
  #owner;

  /**
   * @param {string} [url] of the stream, relative to the page; none: of the gateway that this file came from, or else of the
   *     page's own server
   * @param {DepthcastOptions} [options]
   */
  constructor(url = besideModule(import.meta.url), options = {}) {
    super(url, options);
    const { hiddenIntervalMillis = HIDDEN_INTERVAL_MILLIS } = options;
    this.#demand = new Demand(this.subscriptions);
    this.#owner = {
      demand: this.#demand,
      instruments: this.instruments,
      heldBook: (symbol, terms) => this.heldBook(symbol, terms),
      requests: requestsBeside(this.url),
      token: () => this.tokens.token(),
      resync: (symbol, why, terms) => this.resync(symbol, why, terms),
      enroll: (subscription) => this.router.enroll(subscription),
      dismiss: (subscription) => this.router.dismiss(subscription),
    };
    this.on('state', ({ state, reason }) => this.router.giveUp(state === 'closed' ? this.#whyClosed(reason) : null));
    this.#unwatch = watchVisibility((hidden) => {
      this.#demand.floorMillis = hidden ? hiddenIntervalMillis : 0;
    });
  }

  /** @param {string} symbol @param {BookOptions} [options] */
  book(symbol, options) {
    return new BookSubscription(this.#owner, symbol, options);
  }

  /** @param {string} symbol @param {TradesOptions} [options] */
  trades(symbol, options) {
    return new TradesSubscription(this.#owner, symbol, options);
  }

  /** @param {string} symbol @param {CandlesOptions} [options] */
  candles(symbol, options) {
    return new CandlesSubscription(this.#owner, symbol, options);
  }

  /** Best bid and offer. @param {string} symbol or `'*'` @param {CommonOptions} [options] @returns {LatestSubscription<BestBidOffer>} */
  bbo(symbol, options) {
    return new LatestSubscription(this.#owner, 'bbo', symbol, options);
  }

  /** The last 24 hours. @param {string} symbol or `'*'` @param {CommonOptions} [options] @returns {LatestSubscription<Ticker>} */
  ticker(symbol, options) {
    return new LatestSubscription(this.#owner, 'ticker', symbol, options);
  }

  /**
   * Asks for a channel, now and on every later connection, for the events of this object. The same channel and symbol again
   * changes the parameters; books with a `group` are apart, one for each depth and group.
   *
   * @param {Channel} channel
   * @param {string|string[]} symbols `'*'` for all
   * @param {Parameters} [parameters] `depth` and `group` of a book, `interval` of candles, `intervalMillis` between updates
   */
  subscribe(channel, symbols, parameters = {}) {
    const wanted = { ...(channel === 'book' && { depth: DEFAULT_DEPTH }), ...parameters };
    for (const symbol of [symbols].flat()) {
      const lane = `${laneOf(channel, wanted)} ${symbol}`;
      const own = this.#own.get(lane);
      if (own) this.#demand.change(own, wanted);
      else this.#own.set(lane, this.#demand.add(channel, symbol, wanted));
    }
  }

  /**
   * Takes back what `subscribe` has asked for; subscriptions of others go on.
   *
   * @param {Channel} channel
   * @param {string|string[]} symbols
   * @param {{depth?: number, group?: number|string}} [terms] of a book whose prices are gathered
   */
  unsubscribe(channel, symbols, terms) {
    for (const symbol of [symbols].flat()) {
      const lane = `${laneOf(channel, terms)} ${symbol}`;
      const own = this.#own.get(lane);
      this.#own.delete(lane);
      if (own) this.#demand.drop(own);
    }
  }

  /**
   * Has the gateway send no more than so many bytes a second on this connection: it merges updates to stay within.
   *
   * @param {number} bytesPerSecond
   * @returns {Promise<number>} what is in force
   */
  async limit(bytesPerSecond) {
    return (await this.commands.ask({ op: 'limit', bytesPerSecond })).bytesPerSecond;
  }

  /**
   * Shows a token in place of the one that the connection has.
   *
   * @param {string} [token] none: what the option `token` gives
   * @returns {Promise<Date>} until when it is good
   */
  async auth(token) {
    const shown = token ?? (await this.tokens.token());
    return new Date((await this.commands.ask({ op: 'auth', token: shown })).expires * 1000);
  }

  /** @param {string} reason */
  #whyClosed(reason) {
    return this.failure?.terminal ? this.failure : new DepthcastError('closed', reason, { terminal: true });
  }

  /** Ends everything, for good or until `connect()`. @override */
  close() {
    this.#unwatch();
    this.router.close();
    super.close();
  }

  /** @protected @override @param {import('./lane.js').Lane} lane @param {string} symbol @param {string} code @param {string} reason */
  ended(lane, symbol, code, reason) {
    this.#own.delete(`${lane} ${symbol}`);
    this.#demand.forget(lane, symbol);
    this.router.fail(lane, symbol, code, reason);
    if (lane !== 'book' || code !== 'removed') return;
    this.emit('error', new DepthcastError(code, reason, { symbol }));
  }
}

/** @param {string} module where this file is from @returns {string} the stream of the gateway that serves it, behind whatever proxy */
function besideModule(module) {
  const folder = /^(https?:.*\/)client\/v1\/[\w.-]+$/.exec(module)?.[1];
  return folder ? `${folder}v1/stream` : '/v1/stream';
}
