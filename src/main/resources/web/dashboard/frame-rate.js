// @ts-check

const WINDOW_MILLIS = 1_000;
/** After so long without a frame the page was hidden, and what was before says nothing. */
const GAP_MILLIS = 2_500;
/** What screens usually have. One that has less is found out by that it stays so however little is painted. */
const USUAL = 60;
const SHORT = 0.88;
const FULL = 0.95;
const MORE = 1.6;
const LESS = 0.95;
const MOST = 8;

/**
 * How many frames a second the browser has, and how many times less often panels are painted so that it has as many as it could: a
 * slow screen misses steps, as a slow client does, and never the last.
 */
export class FrameRate {
  /** Frames a second, over the last second. */
  perSecond = 0;
  /** 1 for as often as they would. */
  slowdown = 1;
  /** The largest that `slowdown` may be. */
  most = MOST;
  #best = USUAL;
  /** The window after a change is one of both. */
  #settling = false;
  #count = 0;
  #sinceMillis = -Infinity;
  #lastMillis = -Infinity;

  /** A frame begins. @param {number} nowMillis */
  frame(nowMillis) {
    if (nowMillis - this.#lastMillis > GAP_MILLIS) {
      this.#sinceMillis = nowMillis;
      this.#count = 0;
    } else {
      this.#count++;
    }
    this.#lastMillis = nowMillis;
    const passed = nowMillis - this.#sinceMillis;
    if (passed < WINDOW_MILLIS) return;
    this.perSecond = (this.#count * 1000) / passed;
    this.#sinceMillis = nowMillis;
    this.#count = 0;
    this.#judge();
  }

  #judge() {
    const rate = this.perSecond;
    if (this.#settling) {
      this.#settling = false;
      return;
    }
    if (rate > this.#best || this.slowdown >= this.most) this.#best = rate;
    this.#settling = rate < this.#best * SHORT;
    if (this.#settling) this.slowdown *= MORE;
    else if (rate > this.#best * FULL) this.slowdown *= LESS;
    this.slowdown = Math.min(Math.max(this.slowdown, 1), this.most);
  }
}
