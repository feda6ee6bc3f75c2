// @ts-check
import { natural, safe, unzigzag } from './compact-cursor.js';

/**
 * The bit field at the end of book messages of `depthcast.v1.compact`.
 *
 * @typedef {import('./compact-cursor.js').Cursor} Cursor
 * @typedef {import('./sbe.js').Levels} Levels
 */

const MICROS_PER_MILLI = 1_000;
const ADVANCE_ORDER = 6;
const LAG_ORDER = 13;
const LEVEL_ORDER = 1;
const SIZE_ORDER_BITS = 5;
const TIME_BITS = 53;
const LEAST_LEVEL_BITS = 3;

/** Reads the highest bit of each byte first, never beyond the end of the cursor. */
export class BitCursor {
  #byte = 0;
  #left = 0;

  /** @param {Cursor} cursor */
  constructor(cursor) {
    this.cursor = cursor;
  }

  /** @param {number} count up to 53 */
  bits(count) {
    let value = 0;
    for (let missing = count; missing > 0;) {
      if (this.#left === 0) {
        this.#byte = this.cursor.uint8();
        this.#left = 8;
      }
      const taken = Math.min(missing, this.#left);
      this.#left -= taken;
      missing -= taken;
      value = value * 2 ** taken + ((this.#byte >> this.#left) & (2 ** taken - 1));
    }
    return value;
  }

  /** @param {number} order @returns {number} an exponential Golomb code, which must be within 2^53 */
  number(order) {
    let zeros = 0;
    while (this.bits(1) === 0) if (++zeros > TIME_BITS) throw new RangeError(`a number beyond 2^${zeros}`);
    const prefix = safe(2 ** zeros - 1 + this.bits(zeros));
    return safe(safe(prefix * 2 ** order) + this.bits(order));
  }

  advance() {
    return safe(this.number(ADVANCE_ORDER) + 1);
  }

  /** @param {number} sentMillis @returns {number} when the event happened: so long before, or after a 0 in full */
  time(sentMillis) {
    const lag = this.number(LAG_ORDER);
    return lag === 0 ? this.bits(TIME_BITS) : natural(sentMillis * MICROS_PER_MILLI - (lag - 1));
  }

  /**
   * The levels, which end the field: whatever is left of the last byte must be zeros.
   *
   * @param {number} heldBid best price of the book that a delta changes @param {number} heldAsk likewise; 0 if none
   * @param {number} group ticks in which prices count
   * @returns {{bids: Levels, asks: Levels}}
   */
  levels(heldBid, heldAsk, group = 1) {
    const bidCount = this.number(LEVEL_ORDER);
    const askCount = this.number(LEVEL_ORDER);
    const sizeOrder = this.bits(SIZE_ORDER_BITS);
    const bids = this.#side(bidCount, -1, heldBid / group, 0, sizeOrder);
    const asks = this.#side(askCount, 1, heldAsk / group, bidCount > 0 ? bids.priceTicks[0] : 0, sizeOrder);
    if (this.bits(this.#left) !== 0) throw new RangeError('bits behind the last level');
    if (group > 1) for (const { priceTicks } of [bids, asks]) inTicks(priceTicks, group);
    return { bids, asks };
  }

  /**
   * @param {number} count @param {1|-1} direction of the prices
   * @param {number} held whence the first price is told, or else @param {number} other from here
   * @param {number} sizeOrder @returns {Levels}
   */
  #side(count, direction, held, other, sizeOrder) {
    this.#require(count);
    const priceTicks = new Float64Array(count);
    const sizeLots = new Float64Array(count);
    for (let i = 0; i < count; i++) {
      if (i > 0) priceTicks[i] = safe(priceTicks[i - 1] + direction * (this.number(LEVEL_ORDER) + 1));
      else priceTicks[0] = safe((this.bits(1) === 1 ? held : other) + unzigzag(this.number(LEVEL_ORDER)));
      sizeLots[i] = this.bits(1) === 0 ? 0 : safe(this.number(sizeOrder) + 1);
    }
    return { priceTicks, sizeLots };
  }

  /** @param {number} levels that must be able to follow */
  #require(levels) {
    const bits = (this.cursor.end - this.cursor.at) * 8 + this.#left;
    if (levels * LEAST_LEVEL_BITS > bits) throw new RangeError(`${levels} levels before byte ${this.cursor.at}`);
  }
}

/** @param {Float64Array} prices in groups, which become ticks @param {number} group */
function inTicks(prices, group) {
  for (let i = 0; i < prices.length; i++) prices[i] = safe(prices[i] * group);
}
