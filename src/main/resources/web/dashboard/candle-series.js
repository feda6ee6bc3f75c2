// @ts-check

/** @typedef {import('../client/v1/sbe.js').Candle} Candle */

const MAX_CANDLES = 1_500;

/** Candles of one interval in columns, oldest first, as uPlot takes them; prices in ticks, volume in lots. */
export class CandleSeries {
  /** @param {number} intervalSeconds */
  constructor(intervalSeconds) {
    this.intervalSeconds = intervalSeconds;
    /** @type {number[]} seconds since 1970 */
    this.start = [];
    /** @type {number[]} */
    this.open = [];
    /** @type {number[]} */
    this.high = [];
    /** @type {number[]} */
    this.low = [];
    /** @type {number[]} */
    this.close = [];
    /** @type {number[]} */
    this.volume = [];
  }

  get length() {
    return this.start.length;
  }

  /** History knows closed candles best; an open one that came live is newer and stays. @param {Candle[]} candles */
  merge(candles) {
    for (const candle of candles) this.#put(candle, candle.closed);
  }

  /** @param {Candle} candle */
  update(candle) {
    this.#put(candle, true);
  }

  /** @param {Candle} candle @param {boolean} replace */
  #put(candle, replace) {
    const start = candle.startMicros / 1e6;
    let at = this.length;
    while (at > 0 && this.start[at - 1] >= start) at--;
    const present = this.start[at] === start;
    if (present && !replace) return;
    const remove = present ? 1 : 0;
    this.start.splice(at, remove, start);
    this.open.splice(at, remove, candle.openTicks);
    this.high.splice(at, remove, candle.highTicks);
    this.low.splice(at, remove, candle.lowTicks);
    this.close.splice(at, remove, candle.closeTicks);
    this.volume.splice(at, remove, candle.volumeLots);
    if (this.length > MAX_CANDLES) for (const column of this.columns()) column.shift();
  }

  /** @returns {number[][]} */
  columns() {
    return [this.start, this.open, this.high, this.low, this.close, this.volume];
  }
}
