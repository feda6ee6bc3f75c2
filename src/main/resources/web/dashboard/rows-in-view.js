// @ts-check

/** Beyond the edge, so that nothing appears late. */
const MORE_ROWS = 2;
const USUAL_ROW_PIXELS = 16;

/** Which rows of a table can be seen through its window, without asking the browser to lay anything out. */
export class RowsInView {
  /** Pixels above the window. */
  top = 0;
  /** Pixels of the window. */
  height = 0;
  rowPixels = USUAL_ROW_PIXELS;
  #sample = () => /** @type {HTMLElement|undefined} */ (undefined);

  /**
   * @param {HTMLElement} scroll the window
   * @param {() => HTMLElement|undefined} sample a row
   * @param {{onMove: () => void, onResize: () => void}} listener other rows may be seen now; the window has another size
   */
  constructor(scroll, sample, { onMove, onResize }) {
    this.#sample = sample;
    const move = () => {
      this.top = scroll.scrollTop;
      onMove();
    };
    scroll.addEventListener('scroll', move, { passive: true });
    // What is laid out already costs nothing to measure.
    new ResizeObserver(([{ contentRect }]) => {
      this.height = contentRect.height;
      this.measure();
      onResize();
      move();
    }).observe(scroll);
  }

  /** Rows may have another height than before. */
  measure() {
    this.rowPixels = this.#sample()?.offsetHeight || USUAL_ROW_PIXELS;
  }

  /** @param {number} pixels above the first of so many rows @param {number} count @returns {[number, number]} the first to be seen, and the one after the last */
  range(pixels, count) {
    const from = Math.floor((this.top - pixels) / this.rowPixels) - MORE_ROWS;
    const to = Math.ceil((this.top + this.height - pixels) / this.rowPixels) + MORE_ROWS;
    return [Math.min(Math.max(from, 0), count), Math.min(Math.max(to, 0), count)];
  }
}
