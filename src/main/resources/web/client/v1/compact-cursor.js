// @ts-check

/**
 * The parts in bytes of which messages of `depthcast.v1.compact` are made.
 *
 * @typedef {import('./decimal.js').Step} Step
 */

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
}

/** @param {number} zigzag */
export function unzigzag(zigzag) {
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
