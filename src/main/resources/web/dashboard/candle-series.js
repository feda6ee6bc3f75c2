// @ts-check

/** @typedef {import('../client/v1/sbe.js').Candle} Candle */

/** Candles of one interval in columns, oldest first, as uPlot takes them; prices in ticks, volume in lots. */
export class CandleSeries {
  /** @type {number[]} seconds since 1970 */
  start = [];
  /** @type {number[]} */
  open = [];
  /** @type {number[]} */
  high = [];
  /** @type {number[]} */
  low = [];
  /** @type {number[]} */
  close = [];
  /** @type {number[]} */
  volume = [];

  /** @param {number} intervalSeconds @param {Candle[]} [candles] oldest first */
  constructor(intervalSeconds, candles = []) {
    this.intervalSeconds = intervalSeconds;
    for (const candle of candles) {
      this.start.push(candle.startMicros / 1e6);
      this.open.push(candle.openTicks);
      this.high.push(candle.highTicks);
      this.low.push(candle.lowTicks);
      this.close.push(candle.closeTicks);
      this.volume.push(candle.volumeLots);
    }
  }

  get length() {
    return this.start.length;
  }

  /** @returns {number[][]} */
  columns() {
    return [this.start, this.open, this.high, this.low, this.close, this.volume];
  }
}
