// @ts-check
import { hasSameSteps } from './decimal.js';
import { MarketSubscription } from './market-subscription.js';
import { fetchCandles } from './rest.js';

/**
 * @typedef {import('./sbe.js').Candle} Candle
 * @typedef {import('./subscriptions.js').Interval} Interval
 * @typedef {import('./market-subscription.js').Owner} Owner
 * @typedef {import('./market-subscription.js').CommonOptions} CommonOptions
 * @typedef {CommonOptions & {interval?: Interval, history?: number}} CandlesOptions `history` is how many of the past are
 *     fetched
 */

const HISTORY = 500;
/** The gateway has no more. */
const LONGEST_HISTORY = 1_000;
/** However long a page stays open: what it fetched at first, and as many that came since. */
const KEEP = 2 * LONGEST_HISTORY;
/** History is asked for again while it does not reach what came live: the two are answered by different threads. */
const JOINS = 2;
const POLL_MILLIS = 1_000;
/** The one that goes on and the one before, which has just closed. */
const POLLED = 2;

/**
 * Candles of one instrument, oldest first, the last one still open. Those of the past are joined to the live one without a
 * jump: what came live replaces what was fetched, unless that was closed already.
 *
 * A connection carries candles of one interval per instrument. Who asks for another than the first has it by requests, once
 * a second.
 *
 * @extends {MarketSubscription<Candle[]>}
 */
export class CandlesSubscription extends MarketSubscription {
  /** At most 2,000. @type {Candle[]} */
  candles = [];
  #history;
  #exhausted = false;
  #joinsLeft = 0;
  /** @type {ReturnType<typeof setInterval>} */
  #poll;

  /** @param {Owner} owner @param {string} symbol @param {CandlesOptions} [options] */
  constructor(owner, symbol, options = {}) {
    super(owner, 'candles', symbol, options);
    /** @type {Interval} */
    this.interval = options.interval ?? '1m';
    this.#history = options.history ?? HISTORY;
    this.begin({ interval: this.interval, intervalMillis: this.intervalMillis });
    const wish = this.wish;
    this.#poll = setInterval(
      () => {
        if (wish && !this.owner.demand.isCarried(wish)) void this.#fetch(POLLED);
      },
      Math.max(POLL_MILLIS, this.intervalMillis),
    );
    this.on('close', () => clearInterval(this.#poll));
  }

  /** The open one, or the last. */
  get last() {
    return this.candles[this.candles.length - 1];
  }

  /** Whether the gateway has nothing older. */
  get exhausted() {
    return this.#exhausted;
  }

  /** Fetches older ones. @param {number} count @returns {Promise<number>} how many there were */
  async more(count) {
    const before = this.candles.length;
    this.#history = Math.min(before + count, LONGEST_HISTORY);
    await this.#fetch(this.#history);
    const gained = this.candles.length - before;
    this.#exhausted = gained <= 0;
    return gained;
  }

  /** @override */
  accepted() {
    this.#joinsLeft = this.#history > 0 ? JOINS : 0;
    if (this.#history > 0) void this.#fetch(this.#history);
  }

  /** @override @param {Candle & {interval?: string}} candle */
  receive(candle) {
    if (candle.intervalSeconds !== INTERVAL_SECONDS[this.interval]) return;
    this.#put([candle], true);
    // The one before was still open when it was fetched, or one between has never been seen.
    const before = this.candles[this.candles.length - 2];
    const hole = before && (!before.closed || candle.startMicros > before.startMicros + candle.intervalSeconds * 1e6);
    if (hole && this.#joinsLeft-- > 0) void this.#fetch(this.#history);
  }

  /** @override */
  restart() {
    this.candles = [];
    this.changed(this.candles);
  }

  /** @protected @override */
  item() {
    return this.candles;
  }

  /** @param {number} limit */
  async #fetch(limit) {
    const { instrument, owner, interval } = this;
    if (!instrument) return;
    const isPoll = limit === POLLED;
    const history = await this.history(
      async () => fetchCandles(owner.requests, instrument, interval, limit, await owner.token()),
      isPoll ? [] : undefined,
    );
    if (history && hasSameSteps(instrument, this.instrument ?? instrument)) this.#put(history, isPoll);
  }

  /** @param {Candle[]} candles @param {boolean} newest whether an open one among them is newer than one held */
  #put(candles, newest) {
    let from = this.candles.length;
    for (const candle of candles) from = Math.min(from, put(this.candles, candle, newest || candle.closed));
    if (from === this.candles.length) return;
    this.candles.splice(0, this.candles.length - KEEP);
    this.changed(this.candles);
  }
}

/** @type {Record<Interval, number>} */
export const INTERVAL_SECONDS = { '1s': 1, '1m': 60, '5m': 300, '15m': 900, '1h': 3600, '4h': 14_400, '1d': 86_400 };

/** @param {Candle[]} candles oldest first @param {Candle} candle @param {boolean} replace @returns {number} where it stands */
export function put(candles, candle, replace) {
  let at = candles.length;
  while (at > 0 && candles[at - 1].startMicros >= candle.startMicros) at--;
  const present = candles[at]?.startMicros === candle.startMicros;
  if (present && !replace) return candles.length;
  candles.splice(at, present ? 1 : 0, candle);
  return at;
}
