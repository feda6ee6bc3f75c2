// @ts-check

/** When to come back after a connection has ended (the table of close codes in /docs/). */

export const BASE_MILLIS = 250;
export const CAP_MILLIS = 15_000;
/** A connection that lived this long was a good one: the next wait starts small again. */
export const STABLE_MILLIS = 10_000;
const OVERLOADED_MILLIS = 5_000;

/** Mistakes of this client and refusals, which a new connection would only meet again; 1000 is a plain end. */
const FINAL_CODES = new Set([1000, 1002, 1003, 1007, 1008, 1009, 1010]);
const OVERLOADED = 1013;
/** Never sent: the connection just ended. */
const CUT = 1006;
const MAX_SPREAD_MILLIS = 5_000;
const FIRST_FINAL_OWN_CODE = 4500;

/** @param {number} code of the close frame, or 1006 @returns {boolean} */
export function mayReconnect(code) {
  return !FINAL_CODES.has(code) && code < FIRST_FINAL_OWN_CODE;
}

/** Full jitter: a wait drawn from an interval that doubles with every failure, so that a crowd spreads out. */
export class Backoff {
  #failures = 0;

  /** @param {() => number} random in [0, 1) @param {{baseMillis?: number, capMillis?: number}} [bounds] of the interval */
  constructor(random, { baseMillis = BASE_MILLIS, capMillis = CAP_MILLIS } = {}) {
    this.random = random;
    this.baseMillis = baseMillis;
    this.capMillis = capMillis;
  }

  get failures() {
    return this.#failures;
  }

  /**
   * @param {number} livedMillis how long the connection was open, 0 if it never was
   * @param {number} code why it ended
   * @param {number} hintMillis the least wait that the server asked for
   * @param {number} [spreadMillis] over which those come back whom the gateway lost without a word
   * @returns {number} milliseconds to wait
   */
  next(livedMillis, code, hintMillis, spreadMillis = 0) {
    if (livedMillis >= STABLE_MILLIS) this.#failures = 0;
    // Who was told to go knows why; whoever was cut may be one of all that a node had.
    const spread = livedMillis > 0 && code === CUT ? Math.min(spreadMillis, MAX_SPREAD_MILLIS) : 0;
    const ceiling = Math.max(spread, Math.min(this.capMillis, this.baseMillis * 2 ** this.#failures));
    this.#failures++;
    const least = Math.max(hintMillis, code === OVERLOADED ? OVERLOADED_MILLIS : 0);
    return Math.round(least + this.random() * ceiling);
  }
}
