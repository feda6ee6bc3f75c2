// @ts-check
import { hasSameSteps } from '../client/v1/decimal.js';
import { fetchCandles, requestsBeside } from '../client/v1/rest.js';

/**
 * @typedef {import('../client/v1/depthcast.js').Depthcast} Depthcast
 * @typedef {import('../client/v1/depthcast.js').Ticker} Ticker
 * @typedef {import('../client/v1/sbe.js').Candle} Candle
 * @typedef {import('../client/v1/sbe.js').Instrument} Instrument
 *
 * @typedef {object} DayStat
 * @property {Instrument|undefined} instrument in whose steps it counts
 * @property {number} lastTicks
 * @property {number} openTicks 24 hours ago, or where history begins
 * @property {number} highTicks 0 where it is not known, like the others
 * @property {number} lowTicks
 * @property {number} volumeLots
 * @property {number[]} closes of the last hour's minutes, in ticks; of seconds where history is that young
 */

const LIST_MILLIS = 1_000;
const REFRESH_MILLIS = 60_000;
/** So many minutes make a line; where there are fewer yet, seconds do, which are asked for more often. */
const LEAST_MINUTES = 3;
const YOUNG_REFRESH_MILLIS = 10_000;
const DAY_HOURS = 24;
const HOUR_MINUTES = 60;
/** Requests at one time. */
const AT_ONCE = 3;

/**
 * What a watchlist says of a day. An older gateway has no channel for it: there the last price comes with the candles of all
 * instruments, and the day from the history of those that are seen.
 */
export class DayStats {
  /** @type {Map<string, DayStat>} */
  bySymbol = new Map();
  #client;
  /** @type {Map<string, number>} when its history is to be fetched again */
  #dueMillis = new Map();
  #fetching = 0;
  #hasTicker = true;

  /** @param {Depthcast} client */
  constructor(client) {
    this.#client = client;
    const ticker = client.ticker('*', { intervalMillis: LIST_MILLIS });
    client.on('instruments', (instruments) => this.#redefine(instruments));
    client.on('ticker', (message) => this.#onTicker(message));
    client.on('candle', (candle) => this.#onCandle(candle));
    ticker.on('error', () => {
      this.#hasTicker = false;
      client.subscribe('candles', '*', { interval: '1m', intervalMillis: LIST_MILLIS });
    });
  }

  /** Fetches what is not known of these, some at a time. @param {Iterable<string>} symbols that are seen @param {number} nowMillis */
  want(symbols, nowMillis) {
    if (this.#client.welcome === null) return;
    for (const symbol of symbols) {
      const instrument = this.#client.instruments.get(symbol);
      if (this.#fetching >= AT_ONCE) return;
      if (!instrument || nowMillis < (this.#dueMillis.get(symbol) ?? 0)) continue;
      this.#dueMillis.set(symbol, nowMillis + REFRESH_MILLIS);
      void this.#fetch(instrument, nowMillis);
    }
  }

  /** Forgets what counts in other steps than those there are now. @param {Map<string, Instrument>} instruments */
  #redefine(instruments) {
    for (const [symbol, { instrument }] of this.bySymbol) {
      const now = instruments.get(symbol);
      if (now && instrument && hasSameSteps(now, instrument)) continue;
      this.bySymbol.delete(symbol);
      this.#dueMillis.delete(symbol);
    }
  }

  /** @param {Instrument} instrument @param {number} nowMillis */
  async #fetch(instrument, nowMillis) {
    this.#fetching++;
    try {
      const token = await this.#client.tokens.token();
      const requests = requestsBeside(this.#client.url);
      const minutes = await fetchCandles(requests, instrument, '1m', HOUR_MINUTES, token);
      const isYoung = minutes.length < LEAST_MINUTES;
      const seconds = isYoung ? await fetchCandles(requests, instrument, '1s', LEAST_MINUTES * 60, token) : [];
      const hours = this.#hasTicker ? [] : await fetchCandles(requests, instrument, '1h', DAY_HOURS, token);
      const stat = this.#of(instrument.symbol);
      if (!stat.instrument || !hasSameSteps(stat.instrument, instrument)) throw new RangeError('other steps by now');
      stat.closes = (isYoung ? seconds : minutes).map(({ closeTicks }) => closeTicks);
      if (isYoung) this.#dueMillis.set(instrument.symbol, nowMillis + YOUNG_REFRESH_MILLIS);
      if (hours.length > 0) {
        stat.openTicks = hours[0].openTicks;
        stat.highTicks = Math.max(...hours.map(({ highTicks }) => highTicks));
        stat.lowTicks = Math.min(...hours.map(({ lowTicks }) => lowTicks));
        stat.volumeLots = hours.reduce((sum, { volumeLots }) => sum + volumeLots, 0);
      }
      stat.lastTicks ||= minutes[minutes.length - 1]?.closeTicks ?? 0;
    } catch {
      // asked again in a minute
    }
    this.#fetching--;
  }

  /** @param {Ticker} ticker */
  #onTicker({ symbol, lastTicks, openTicks, highTicks, lowTicks, volumeLots }) {
    const stat = this.#of(symbol);
    stat.lastTicks = lastTicks ?? 0;
    stat.openTicks = openTicks ?? 0;
    stat.highTicks = highTicks ?? 0;
    stat.lowTicks = lowTicks ?? 0;
    stat.volumeLots = volumeLots ?? 0;
  }

  /** @param {Candle & {symbol: string}} candle */
  #onCandle({ symbol, closeTicks }) {
    if (!this.#hasTicker) this.#of(symbol).lastTicks = closeTicks;
  }

  /** @param {string} symbol @returns {DayStat} */
  #of(symbol) {
    let stat = this.bySymbol.get(symbol);
    if (!stat) {
      const instrument = this.#client.instruments.get(symbol);
      stat = { instrument, lastTicks: 0, openTicks: 0, highTicks: 0, lowTicks: 0, volumeLots: 0, closes: [] };
      this.bySymbol.set(symbol, stat);
    }
    return stat;
  }
}
