// @ts-check
import { BookSubscription } from './book-subscription.js';
import { CandlesSubscription } from './candles-subscription.js';
import { Demand } from './demand.js';
import { DepthcastError } from './errors.js';
import { LatestSubscription } from './latest-subscription.js';
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
   * @param {string} [url] of the stream; relative to the page
   * @param {DepthcastOptions} [options]
   */
  constructor(url = '/v1/stream', options = {}) {
    super(url, options);
    const { hiddenIntervalMillis = HIDDEN_INTERVAL_MILLIS } = options;
    this.#demand = new Demand(this.subscriptions);
    this.#owner = {
      demand: this.#demand,
      instruments: this.instruments,
      books: this.books,
      origin: new URL(this.url.replace(/^ws/, 'http')).origin,
      token: () => this.tokens.token(),
      resync: (symbol, why) => this.resync(symbol, why),
      enroll: (subscription) => this.router.enroll(subscription),
      dismiss: (subscription) => this.router.dismiss(subscription),
    };
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
   * changes the parameters.
   *
   * @param {Channel} channel
   * @param {string|string[]} symbols `'*'` for all
   * @param {Parameters} [parameters] `depth` of a book, `interval` of candles, `intervalMillis` between updates
   */
  subscribe(channel, symbols, parameters = {}) {
    const wanted = { ...(channel === 'book' && { depth: DEFAULT_DEPTH }), ...parameters };
    for (const symbol of [symbols].flat()) {
      const place = `${channel} ${symbol}`;
      const own = this.#own.get(place);
      if (own) this.#demand.change(own, wanted);
      else this.#own.set(place, this.#demand.add(channel, symbol, wanted));
    }
  }

  /** Takes back what `subscribe` has asked for; subscriptions of others go on. @param {Channel} channel @param {string|string[]} symbols */
  unsubscribe(channel, symbols) {
    for (const symbol of [symbols].flat()) {
      const own = this.#own.get(`${channel} ${symbol}`);
      this.#own.delete(`${channel} ${symbol}`);
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

  /** Ends everything, for good or until `connect()`. @override */
  close() {
    this.#unwatch();
    this.router.close();
    super.close();
  }

  /** @protected @override @param {Channel} channel @param {string} symbol @param {string} code @param {string} reason */
  ended(channel, symbol, code, reason) {
    this.#own.delete(`${channel} ${symbol}`);
    this.#demand.forget(channel, symbol);
    this.router.fail(channel, symbol, code, reason);
    if (channel !== 'book' || code !== 'removed') return;
    this.emit('error', new DepthcastError(code, reason, { symbol }));
  }
}
