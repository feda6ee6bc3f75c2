// @ts-check

const SVG = 'http://www.w3.org/2000/svg';
const WIDTH = 60;
const HEIGHT = 16;
const LEAST = 2;

/** Prices as a line without axes: where they have been. */
export class SparkLine {
  #path = document.createElementNS(SVG, 'path');
  /** @type {number[]|null} */
  #shown = null;

  /** @param {HTMLElement} cell */
  constructor(cell) {
    const svg = document.createElementNS(SVG, 'svg');
    svg.setAttribute('viewBox', `0 0 ${WIDTH} ${HEIGHT}`);
    svg.setAttribute('preserveAspectRatio', 'none');
    svg.setAttribute('aria-hidden', 'true');
    svg.append(this.#path);
    cell.append(svg);
    this.cell = cell;
  }

  /** @param {number[]} values oldest first; the same array is not drawn twice */
  show(values) {
    if (values === this.#shown || values.length < LEAST) return;
    this.#shown = values;
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const height = (/** @type {number} */ v) => (HEIGHT - 2) * (1 - (v - low) / (high - low || 1)) + 1;
    const points = values.map((v, i) => `${((i * WIDTH) / (values.length - 1)).toFixed(1)} ${height(v).toFixed(1)}`);
    this.#path.setAttribute('d', `M${points.join('L')}`);
    this.cell.dataset.move = values[values.length - 1] < values[0] ? 'down' : 'up';
  }
}
