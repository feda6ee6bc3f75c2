// @ts-check

const FIRST_CAPACITY = 64;

/**
 * One side of a book: parallel arrays, best level first, of exactly the levels there are. The arrays are views of what the
 * next message changes: copy what is to be kept.
 */
export class BookSide {
  #prices = new Float64Array(FIRST_CAPACITY);
  #sizes = new Float64Array(FIRST_CAPACITY);
  #length = 0;
  /** Made when they are asked for, and again once the length is another. */
  #priceView = this.#prices.subarray(0, 0);
  #sizeView = this.#sizes.subarray(0, 0);

  /** @param {boolean} descending whether the highest price is the best, as among bids */
  constructor(descending) {
    this.descending = descending;
  }

  /** Levels there are. */
  get length() {
    return this.#length;
  }

  get priceTicks() {
    if (this.#isOutdated(this.#priceView, this.#prices)) this.#priceView = this.#prices.subarray(0, this.#length);
    return this.#priceView;
  }

  get sizeLots() {
    if (this.#isOutdated(this.#sizeView, this.#sizes)) this.#sizeView = this.#sizes.subarray(0, this.#length);
    return this.#sizeView;
  }

  clear() {
    this.#length = 0;
  }

  /** @param {Float64Array} view @param {Float64Array} whole */
  #isOutdated(view, whole) {
    return view.length !== this.#length || view.buffer !== whole.buffer;
  }

  /**
   * @param {number} price in ticks
   * @param {number} size in lots, absolute; 0 removes the level
   */
  set(price, size) {
    const at = this.#firstNotBetter(price);
    const present = at < this.#length && this.#prices[at] === price;
    if (size === 0) {
      if (present) this.#remove(at);
      return;
    }
    if (!present) this.#insert(at);
    this.#prices[at] = price;
    this.#sizes[at] = size;
  }

  /** @param {number} price @returns {number} where that price stands, or would stand */
  #firstNotBetter(price) {
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const better = this.descending ? this.#prices[middle] > price : this.#prices[middle] < price;
      if (better) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** @param {number} at */
  #insert(at) {
    if (this.#length === this.#prices.length) this.#grow();
    this.#prices.copyWithin(at + 1, at, this.#length);
    this.#sizes.copyWithin(at + 1, at, this.#length);
    this.#length++;
  }

  /** @param {number} at */
  #remove(at) {
    this.#prices.copyWithin(at, at + 1, this.#length);
    this.#sizes.copyWithin(at, at + 1, this.#length);
    this.#length--;
  }

  #grow() {
    const prices = new Float64Array(this.#length * 2);
    const sizes = new Float64Array(this.#length * 2);
    prices.set(this.#prices);
    sizes.set(this.#sizes);
    this.#prices = prices;
    this.#sizes = sizes;
  }
}
