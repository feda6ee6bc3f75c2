// @ts-check

/**
 * The parts of which messages of `depthcast.v1.compact` are made.
 *
 * @typedef {import('./sbe.js').Levels} Levels
 * @typedef {import('./decimal.js').Step} Step
 */

const MICROS_PER_MILLI = 1_000;
const WIDE_GAP = 63;
const PRICE_RADIX = 62;
const MANY_LEVELS = 15;
const FIRST_2_BYTE_SIZE = 257;
const FIRST_VARINT_SIZE = 65_793;
const UTF8 = new TextDecoder();

/** Reads forwards, never beyond its end. */
export class Cursor {
  /** @param {DataView} view @param {number} at @param {number} end */
  constructor(view, at, end) {
    this.view = view;
    this.at = at;
    this.end = end;
  }

  /** @param {number} bytes @returns {number} where they begin */
  #advance(bytes) {
    const from = this.at;
    if (bytes > this.end - from) throw new RangeError(`more than the message has at byte ${from}`);
    this.at = from + bytes;
    return from;
  }

  /** @param {number} bytes @returns {Cursor} over the next bytes, which this one skips */
  take(bytes) {
    const from = this.#advance(bytes);
    return new Cursor(this.view, from, from + bytes);
  }

  uint8() {
    return this.view.getUint8(this.#advance(1));
  }

  uint16() {
    return this.view.getUint16(this.#advance(2), true);
  }

  uint24() {
    const at = this.#advance(3);
    return this.view.getUint16(at, true) + this.view.getUint8(at + 2) * 65_536;
  }

  uint32() {
    return this.view.getUint32(this.#advance(4), true);
  }

  /** @returns {number} a varint, which must be within 2^53 and in as few bytes as it needs */
  unsigned() {
    let value = 0;
    for (let unit = 1; ; unit *= 128) {
      const next = this.uint8();
      value += (next % 128) * unit;
      if (next < 128) {
        if (next === 0 && unit > 1) throw new RangeError(`an integer longer than it need be before byte ${this.at}`);
        return safe(value);
      }
      safe(unit);
    }
  }

  /** @returns {number} 0, -1, 1, -2, 2 and so on for 0, 1, 2, 3, 4 */
  signed() {
    return unzigzag(this.unsigned());
  }

  /** @param {number} sentMillis @returns {number} when the event happened: so long before, or after a 0 in full */
  time(sentMillis) {
    const lag = this.unsigned();
    return lag === 0 ? this.unsigned() : natural(sentMillis * MICROS_PER_MILLI - (lag - 1));
  }

  /** @param {number} count @param {number} leastBytes of each @returns {number} the count, if so many can follow */
  entries(count, leastBytes) {
    if (count * leastBytes > this.end - this.at) throw new RangeError(`${count} entries at byte ${this.at}`);
    return count;
  }

  /** @returns {Step} */
  step() {
    return { mantissa: this.unsigned(), exponent: 0 - this.uint8() };
  }

  text() {
    const length = this.uint8();
    return UTF8.decode(new Uint8Array(this.view.buffer, this.#advance(length), length));
  }

  /** @returns {{bids: Levels, asks: Levels}} */
  levels() {
    const counts = this.uint8();
    const bidCount = this.#count(counts >> 4);
    const askCount = this.#count(counts & 15);
    const bids = this.#side(bidCount, -1, null);
    return { bids, asks: this.#side(askCount, 1, bidCount > 0 ? bids.priceTicks[0] : null) };
  }

  /** @param {number} few */
  #count(few) {
    return few < MANY_LEVELS ? few : this.entries(MANY_LEVELS + this.unsigned(), 1);
  }

  /**
   * @param {number} count @param {1|-1} direction of the prices @param {number|null} before first price of the other side
   * @returns {Levels}
   */
  #side(count, direction, before) {
    const priceTicks = new Float64Array(this.entries(count, 1));
    const sizeLots = new Float64Array(count);
    for (let i = 0; i < count; i++) {
      const base = i === 0 && before === null ? this.unsigned() : 0;
      const first = this.uint8();
      if (i > 0) priceTicks[i] = safe(priceTicks[i - 1] + direction * (this.#gap(first) + 1));
      else if (before === null) priceTicks[i] = firstPrice(base, first >> 2);
      else priceTicks[i] = safe(before + unzigzag(this.#gap(first)));
      sizeLots[i] = this.#size(first & 3);
    }
    return { priceTicks, sizeLots };
  }

  /** @param {number} first byte of the level */
  #gap(first) {
    const near = first >> 2;
    return near < WIDE_GAP ? near : safe(WIDE_GAP + this.unsigned());
  }

  /** @param {number} code */
  #size(code) {
    if (code === 0) return 0;
    if (code === 1) return 1 + this.uint8();
    return code === 2 ? FIRST_2_BYTE_SIZE + this.uint16() : safe(FIRST_VARINT_SIZE + this.unsigned());
  }
}

/** @param {number} base @param {number} low */
function firstPrice(base, low) {
  if (low > PRICE_RADIX || (low === PRICE_RADIX && base === 0)) throw new RangeError('a price that has no meaning');
  return low === PRICE_RADIX ? -base : safe(base * PRICE_RADIX + low);
}

/** @param {number} zigzag */
function unzigzag(zigzag) {
  return zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2;
}

/** @param {number} value */
export function natural(value) {
  if (value < 0) throw new RangeError(`${value} where nothing is negative`);
  return safe(value);
}

/** @param {number} value */
export function safe(value) {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is beyond 2^53`);
  return value;
}
