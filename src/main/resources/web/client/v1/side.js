// @ts-check

const FIRST_CAPACITY = 64;

/** One side of a book: parallel arrays, best level first. Read `priceTicks[i]`, `sizeLots[i]` for `i < length`. */
export class BookSide {
  /** @param {boolean} descending whether the highest price is the best, as among bids */
  constructor(descending) {
    this.descending = descending;
    this.priceTicks = new Float64Array(FIRST_CAPACITY);
    this.sizeLots = new Float64Array(FIRST_CAPACITY);
    this.length = 0;
  }

  clear() {
    this.length = 0;
  }

  /**
   * @param {number} price in ticks
   * @param {number} size in lots, absolute; 0 removes the level
   */
  set(price, size) {
    const at = this.#firstNotBetter(price);
    const present = at < this.length && this.priceTicks[at] === price;
    if (size === 0) {
      if (present) this.#remove(at);
      return;
    }
    if (!present) this.#insert(at);
    this.priceTicks[at] = price;
    this.sizeLots[at] = size;
  }

  /** @param {number} price @returns {number} where that price stands, or would stand */
  #firstNotBetter(price) {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const better = this.descending ? this.priceTicks[middle] > price : this.priceTicks[middle] < price;
      if (better) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** @param {number} at */
  #insert(at) {
    if (this.length === this.priceTicks.length) this.#grow();
    this.priceTicks.copyWithin(at + 1, at, this.length);
    this.sizeLots.copyWithin(at + 1, at, this.length);
    this.length++;
  }

  /** @param {number} at */
  #remove(at) {
    this.priceTicks.copyWithin(at, at + 1, this.length);
    this.sizeLots.copyWithin(at, at + 1, this.length);
    this.length--;
  }

  #grow() {
    const priceTicks = new Float64Array(this.length * 2);
    const sizeLots = new Float64Array(this.length * 2);
    priceTicks.set(this.priceTicks);
    sizeLots.set(this.sizeLots);
    this.priceTicks = priceTicks;
    this.sizeLots = sizeLots;
  }
}
