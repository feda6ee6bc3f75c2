// @ts-check
import { BarScale } from './bar-scale.js';

/**
 * @typedef {import('./ladder-row.js').LadderRow} LadderRow
 * @typedef {import('../client/v1/levels.js').LevelList} LevelList
 * @typedef {import('./rows-in-view.js').RowsInView} RowsInView
 */

/** The market may move over this share of what can be seen before the rows follow it. */
const CALM_SHARE = 0.7;

/** Rows that each keep their price: the eye rests on a price and sees the market come and go. */
export class AnchoredRows {
  /** @type {LadderRow[]} highest price first */
  rows = [];
  /** Price of the first row, NaN before the anchor is cast. */
  #topTicks = NaN;
  #step = 1;
  #scroll;
  #view;

  /** @param {HTMLElement} scroll what the rows are seen through @param {RowsInView} view */
  constructor(scroll, view) {
    this.#scroll = scroll;
    this.#view = view;
  }

  /** The next painting casts the anchor around the market. */
  lift() {
    this.#topTicks = NaN;
  }

  /**
   * @param {LevelList} bids
   * @param {LevelList} asks
   * @param {number} step ticks from row to row
   * @param {[number, number]} range the first row to be painted, and the one after the last; all where the anchor is cast anew
   */
  paint(bids, asks, step, [from, to]) {
    const cast = this.#castWhereNeeded(bids, asks, step);
    const sizes = new Map();
    add(sizes, bids);
    add(sizes, asks);
    const scale = new BarScale(bids, asks);
    const [bid, ask] = [bids.priceTicks[0] ?? -Infinity, asks.priceTicks[0] ?? Infinity];
    this.rows.forEach((row, i) => {
      if (!cast && (i < from || i >= to)) return;
      const priceTicks = this.#topTicks - i * step;
      const level = sizes.get(priceTicks);
      row.side(priceTicks <= bid ? 'bid' : priceTicks >= ask ? 'ask' : 'none');
      if (level) row.show(bids.instrument, priceTicks, level.lots, level.total);
      else row.showPrice(bids.instrument, priceTicks);
      row.bars(scale.size(level?.lots ?? 0), scale.total(level?.total ?? 0));
    });
  }

  /** @param {LevelList} bids @param {LevelList} asks @param {number} step @returns {boolean} whether it was needed */
  #castWhereNeeded(bids, asks, step) {
    const best = bids.priceTicks[0] ?? asks.priceTicks[0];
    if (best === undefined) return false;
    const middle = this.rows.length >> 1;
    const { top, height, rowPixels } = this.#view;
    const seen = (height / rowPixels) * CALM_SHARE;
    const from = top / rowPixels + (seen * (1 / CALM_SHARE - 1)) / 2;
    const at = (this.#topTicks - best) / step;
    if (step === this.#step && at >= from && at <= from + seen) return false;
    this.#step = step;
    this.#topTicks = (Math.round(best / step) + middle - 1) * step;
    this.#scroll.scrollTop = (this.#scroll.scrollHeight - this.#scroll.clientHeight) / 2;
    this.#view.top = this.#scroll.scrollTop;
    return true;
  }
}

/** @param {Map<number, {lots: number, total: number}>} sizes by price @param {LevelList} side */
function add(sizes, { priceTicks, sizeLots }) {
  let total = 0;
  priceTicks.forEach((price, i) => {
    total += sizeLots[i];
    sizes.set(price, { lots: sizeLots[i], total });
  });
}
