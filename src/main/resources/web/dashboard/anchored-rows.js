// @ts-check
import { largest, percent, sum } from './ladder.js';

/**
 * @typedef {import('./ladder-row.js').LadderRow} LadderRow
 * @typedef {import('../client/v1/levels.js').LevelList} LevelList
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

  /** @param {HTMLElement} scroll what the rows are seen through */
  constructor(scroll) {
    this.#scroll = scroll;
  }

  /** The next painting casts the anchor around the market. */
  lift() {
    this.#topTicks = NaN;
  }

  /** @param {LevelList} bids @param {LevelList} asks @param {number} step ticks from row to row */
  paint(bids, asks, step) {
    this.#castWhereNeeded(bids, asks, step);
    const sizes = new Map();
    add(sizes, bids);
    add(sizes, asks);
    const fullest = Math.max(largest(bids), largest(asks));
    const fullLots = Math.max(sum(bids), sum(asks));
    const [bid, ask] = [bids.priceTicks[0] ?? -Infinity, asks.priceTicks[0] ?? Infinity];
    this.rows.forEach((row, i) => {
      const priceTicks = this.#topTicks - i * step;
      const level = sizes.get(priceTicks);
      row.side(priceTicks <= bid ? 'bid' : priceTicks >= ask ? 'ask' : 'none');
      if (level) row.show(bids.instrument, priceTicks, level.lots, level.total);
      else row.showPrice(bids.instrument, priceTicks);
      row.bars(percent(level?.lots ?? 0, fullest), percent(level?.total ?? 0, fullLots));
    });
  }

  /** @param {LevelList} bids @param {LevelList} asks @param {number} step */
  #castWhereNeeded(bids, asks, step) {
    const best = bids.priceTicks[0] ?? asks.priceTicks[0];
    if (best === undefined) return;
    const middle = this.rows.length >> 1;
    const rowPixels = this.rows[0].element.offsetHeight || 1;
    const seen = (this.#scroll.clientHeight / rowPixels) * CALM_SHARE;
    const from = this.#scroll.scrollTop / rowPixels + (seen * (1 / CALM_SHARE - 1)) / 2;
    const at = (this.#topTicks - best) / step;
    if (step === this.#step && at >= from && at <= from + seen) return;
    this.#step = step;
    this.#topTicks = (Math.round(best / step) + middle - 1) * step;
    this.#scroll.scrollTop = (this.#scroll.scrollHeight - this.#scroll.clientHeight) / 2;
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
