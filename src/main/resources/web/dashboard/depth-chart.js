// @ts-check
import uPlot from '/webjars/uplot/dist/uPlot.esm.js';
import { toGrouped } from '../client/v1/decimal.js';
import { byId, cellById, setAttribute } from './cells.js';
import { axis, BOTTOM_AXIS_PIXELS, fitLabels, makePlot } from './plots.js';
import { readTheme } from './theme.js';

/**
 * @typedef {import('../client/v1/book.js').Book} Book
 * @typedef {import('../client/v1/sbe.js').Instrument} Instrument
 */

/** What could be bought or sold down to a price: cumulative size as a staircase on both sides of the spread. */
export class DepthChart {
  #element = byId('depth-chart');
  #readout = cellById('depth-readout');
  #theme = readTheme();
  /** @type {Instrument|null} */
  #instrument = null;
  /** @type {[number[], (number|null)[], (number|null)[]]} price in ticks, cumulative lots of bids, of asks */
  #columns = [[], [], []];
  #plot = makePlot(this.#element, this.#options(), () => this.#columns);

  clear() {
    this.#columns = [[], [], []];
    this.#plot.setData(this.#columns);
    this.#readout.set('');
  }

  /** @param {Book} book */
  paint({ instrument, bids, asks }) {
    this.#instrument = instrument;
    /** @type {[number[], (number|null)[], (number|null)[]]} */
    const columns = [[], [], []];
    const bidLots = climb(columns, bids, 1);
    for (const column of columns) column.reverse();
    const askLots = climb(columns, asks, 2);
    this.#columns = columns;
    this.#plot.setData(columns);
    this.#readout.set(`Bids ${toGrouped(bidLots, instrument.lot)}   Asks ${toGrouped(askLots, instrument.lot)}`);
  }

  recolor() {
    this.#theme = readTheme();
    this.#plot.redraw();
  }

  /** Says in words what the chart shows. */
  describe() {
    if (!this.#instrument) return;
    setAttribute(this.#element, 'aria-label', `Depth of ${this.#instrument.symbol}: ${this.#readout.text}`);
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
      scales: { x: { time: false }, lots: { range: (_, __, max) => [0, (max || 1) * 1.05] } },
      series: [
        {},
        { ...stairs(-1), scale: 'lots', stroke: () => theme().bid, fill: () => theme().bidFill },
        { ...stairs(1), scale: 'lots', stroke: () => theme().ask, fill: () => theme().askFill },
      ],
      axes: [
        axis(theme, { size: BOTTOM_AXIS_PIXELS, space: 90, values: (_, splits) => splits.map(price) }),
        axis(theme, { scale: 'lots', side: 1, size: fitLabels, space: 34, values: (_, splits) => splits.map(size) }),
      ],
    };
  }
}

/**
 * Appends the levels of a side, best first.
 *
 * @param {[number[], (number|null)[], (number|null)[]]} columns
 * @param {import('../client/v1/side.js').BookSide} side
 * @param {1|2} own the column that gets the cumulative size
 * @returns {number} lots in all
 */
function climb(columns, side, own) {
  let lots = 0;
  for (let i = 0; i < side.length; i++) {
    lots += side.sizeLots[i];
    columns[0].push(side.priceTicks[i]);
    columns[own].push(lots);
    columns[own === 1 ? 2 : 1].push(null);
  }
  return lots;
}
