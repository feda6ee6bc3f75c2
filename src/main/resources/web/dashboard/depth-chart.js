// @ts-check
import uPlot from '../webjars/uplot/dist/uPlot.esm.js';
import { toGrouped } from '../client/v1/decimal.js';
import { setAttribute } from './cells.js';
import { Crosshair } from './crosshair.js';
import { axis, BOTTOM_AXIS_PIXELS, fitLabels, makePlot } from './plots.js';
import { readTheme } from './theme.js';

/**
 * @typedef {import('../client/v1/book-subscription.js').BookSubscription} BookSubscription
 * @typedef {import('../client/v1/levels.js').LevelList} LevelList
 * @typedef {import('../client/v1/sbe.js').Instrument} Instrument
 * @typedef {import('./parts.js').Parts} Parts
 *
 * Price in ticks, cumulative lots of bids, of asks.
 * @typedef {[number[], (number|null)[], (number|null)[]]} Columns
 */

/**
 * What could be bought or sold down to a price: cumulative size as a staircase on both sides of the mid price, which stands in
 * the middle.
 */
export class DepthChart {
  #element;
  #readout;
  #theme = readTheme();
  /** @type {Instrument|null} */
  #instrument = null;
  /** @type {Columns} */
  #columns = [[], [], []];
  #totals = '';
  #middleTicks = 0;
  #plot;
  #crosshair;

  /** @param {Parts} parts */
  constructor(parts) {
    this.#element = parts.get('depth-chart');
    this.#readout = parts.cell('depth-readout');
    this.#plot = makePlot(this.#element, this.#options(), () => this.#columns);
    this.#crosshair = new Crosshair(this.#element);
  }

  clear() {
    this.#columns = [[], [], []];
    this.#plot.setData(this.#columns);
    this.#totals = '';
    this.#readout.set('');
  }

  /** Small panes have no room for it. */
  get seen() {
    return this.#plot.width > 0;
  }

  /** @param {BookSubscription} book */
  paint({ bids, asks }) {
    if (bids.length === 0 || asks.length === 0) return;
    const { instrument } = bids;
    /** @type {Columns} */
    const columns = [[], [], []];
    const bidLots = climb(columns, bids, 1);
    for (const column of columns) column.reverse();
    const askLots = climb(columns, asks, 2);
    this.#instrument = instrument;
    this.#columns = columns;
    this.#middleTicks = (bids.priceTicks[0] + asks.priceTicks[0]) / 2;
    this.#totals = `Bids ${toGrouped(bidLots, instrument.lot)}   Asks ${toGrouped(askLots, instrument.lot)}`;
    this.#plot.setData(columns);
    this.#readOut(this.#plot);
  }

  recolor() {
    this.#theme = readTheme();
    this.#plot.redraw();
  }

  /** Says in words what the chart shows. */
  describe() {
    if (!this.#instrument) return;
    setAttribute(this.#element, 'aria-label', `Depth of ${this.#instrument.symbol}: ${this.#totals}`);
  }

  /** The prices shown, in ticks: as far below the mid price as above it. @returns {[number, number]} */
  get range() {
    const [prices] = this.#columns;
    if (prices.length === 0) return [0, 1];
    const reach = Math.max(this.#middleTicks - prices[0], prices[prices.length - 1] - this.#middleTicks, 1);
    return [this.#middleTicks - reach, this.#middleTicks + reach];
  }

  /** What the cursor points at, or what there is in all. @param {uPlot} plot */
  #readOut(plot) {
    const { left = -1, idx } = plot.cursor;
    if (left < 0 || idx === null || idx === undefined || !this.#instrument) {
      this.#readout.set(this.#totals);
      this.#crosshair?.show(plot, '', '');
      return;
    }
    const { tick, lot } = this.#instrument;
    const [prices, bids, asks] = this.#columns;
    const lots = bids[idx] ?? asks[idx] ?? 0;
    const apart = (Math.abs(prices[idx] - this.#middleTicks) / this.#middleTicks) * 100;
    const side = bids[idx] === null ? 'buy up to' : 'sell down to';
    this.#readout.set(`${toGrouped(lots, lot)}   ${side} ${toGrouped(prices[idx], tick)}   ${apart.toFixed(3)} %`);
    this.#crosshair?.show(
      plot,
      toGrouped(prices[idx], tick),
      toGrouped(Math.round(plot.posToVal(plot.cursor.top ?? 0, 'lots')), lot),
    );
  }

  /** @returns {Omit<uPlot.Options, 'width'|'height'>} */
  #options() {
    const theme = () => this.#theme;
    const stairs = (/** @type {1|-1} */ align) => ({
      width: 1.5,
      points: { show: false },
      paths: uPlot.paths.stepped?.({ align, ascDesc: true }),
    });
    const size = (/** @type {number} */ lots) => (this.#instrument ? toGrouped(lots, this.#instrument.lot) : '');
    const price = (/** @type {number} */ ticks) => (this.#instrument ? toGrouped(ticks, this.#instrument.tick) : '');
    return {
      padding: [8, 0, 0, 34],
      cursor: { drag: { x: false, y: false }, points: { show: false } },
      scales: {
        x: { time: false, range: () => this.range },
        lots: { range: (_, __, max) => [0, (max || 1) * 1.05] },
      },
      series: [
        {},
        { ...stairs(-1), scale: 'lots', stroke: () => theme().bid, fill: () => theme().bidFill },
        { ...stairs(1), scale: 'lots', stroke: () => theme().ask, fill: () => theme().askFill },
      ],
      axes: [
        axis(theme, { size: BOTTOM_AXIS_PIXELS, space: 90, values: (_, splits) => splits.map(price) }),
        axis(theme, { scale: 'lots', side: 1, size: fitLabels, space: 34, values: (_, splits) => splits.map(size) }),
      ],
      hooks: { setCursor: [(plot) => this.#readOut(plot)] },
    };
  }
}

/**
 * Appends the levels of a side, best first.
 *
 * @param {Columns} columns
 * @param {LevelList} side
 * @param {1|2} own the column that gets the cumulative size
 * @returns {number} lots in all
 */
function climb(columns, { priceTicks, sizeLots }, own) {
  let lots = 0;
  for (let i = 0; i < priceTicks.length; i++) {
    lots += sizeLots[i];
    columns[0].push(priceTicks[i]);
    columns[own].push(lots);
    columns[own === 1 ? 2 : 1].push(null);
  }
  return lots;
}
