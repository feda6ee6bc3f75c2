// @ts-check

/** Fewest and most candles to be seen at once. */
const FEWEST = 10;
const MOST = 1_000;
const CANDLE_PIXELS = 8;
const FREE_CANDLES = 3;
const AXIS_PIXELS = 80;

/** Which stretch of time a chart shows: the newest, or one that somebody has gone back to. */
export class TimeWindow {
  /** Candles that are seen at once; 0 for as many as the width has room for. */
  #count = 0;
  /** Seconds since 1970 at the right edge; null to go along with the newest. @type {number|null} */
  #end = null;
  #last = 0;

  /** @param {number} intervalSeconds of a candle @param {number} pixels of width */
  constructor(intervalSeconds, pixels) {
    this.intervalSeconds = intervalSeconds;
    this.pixels = pixels;
  }

  get isLive() {
    return this.#end === null;
  }

  /** Start of the newest candle, seconds since 1970. @param {number} seconds */
  newest(seconds) {
    this.#last = seconds;
  }

  /** @returns {[number, number]} seconds since 1970 */
  get range() {
    const end = this.#end ?? this.#liveEnd;
    return [end - this.count * this.intervalSeconds, end];
  }

  get count() {
    return this.#count || clamp(Math.floor((this.pixels - AXIS_PIXELS) / CANDLE_PIXELS));
  }

  get #liveEnd() {
    return this.#last + (1 + FREE_CANDLES) * this.intervalSeconds;
  }

  /** @param {number} factor more or fewer candles @param {number|null} at seconds that stay where they are, or the right edge */
  zoom(factor, at = null) {
    const [from, end] = this.range;
    this.#count = clamp(Math.round(this.count * factor));
    if (at === null || this.isLive) return;
    const scale = (this.#count * this.intervalSeconds) / (end - from);
    this.#goTo(at + (end - at) * scale);
  }

  /** @param {number} seconds back in time, or forward where negative */
  pan(seconds) {
    this.#goTo(this.range[1] - seconds);
  }

  /** Goes along with the newest again. */
  goLive() {
    this.#end = null;
  }

  /** @param {number} end */
  #goTo(end) {
    this.#end = end >= this.#liveEnd ? null : end;
  }
}

/** @param {number} count */
function clamp(count) {
  return Math.max(FEWEST, Math.min(count, MOST));
}
