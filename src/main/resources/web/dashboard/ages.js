// @ts-check

const KEPT = 512;
const WHOLE_PERCENT = 100;

/** How old prices were when they were applied, of late. */
export class Ages {
  #millis = new Float64Array(KEPT);
  #count = 0;

  /** @param {number|null} millis null if it is not known */
  add(millis) {
    if (millis === null) return;
    this.#millis[this.#count % KEPT] = Math.max(0, millis);
    this.#count++;
  }

  /** What was before means nothing any longer. */
  forget() {
    this.#count = 0;
  }

  /** @param {number} percent @returns {number|null} so many of them were younger, milliseconds; null if none is known */
  percentile(percent) {
    const count = Math.min(this.#count, KEPT);
    if (count === 0) return null;
    const sorted = this.#millis.slice(0, count).sort();
    return sorted[Math.min(count - 1, Math.floor((count * percent) / WHOLE_PERCENT))];
  }
}
