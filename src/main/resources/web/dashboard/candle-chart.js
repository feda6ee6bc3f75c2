// @ts-check
import { toGrouped } from '../client/v1/decimal.js';
import { paintCandles, paintLastPrice } from './candle-painter.js';
import { CandleSeries } from './candle-series.js';
import { byId, cellById, setAttribute } from './cells.js';
import { axis, BOTTOM_AXIS_PIXELS, fitLabels, makePlot } from './plots.js';
import { readTheme } from './theme.js';

/**
 * @typedef {import('../client/v1/sbe.js').Candle} Candle
 * @typedef {import('../client/v1/sbe.js').Instrument} Instrument
 * @typedef {import('/webjars/uplot/dist/uPlot.esm.js')} Plot
 */

const CANDLE_PIXELS = 8;
const FREE_CANDLES = 3;
/** Volume takes the lowest fifth. */
const VOLUME_HEADROOM = 5;
const TIME_STEPS = [1, 5, 10, 15, 30, 60, 300, 600, 900, 1800, 3600, 7200, 14400, 21600, 43200, 86400, 172800, 604800];

/** Candles and volume of the selected instrument. */
export class CandleChart {
  #element = byId('candle-chart');
  #readout = cellById('candle-readout');
  #theme = readTheme();
  /** @type {Instrument|null} */
  #instrument = null;
  #series = new CandleSeries(60);
  #dirty = false;
  #plot = makePlot(this.#element, this.#options(), () => this.#data());

  /** @param {Instrument} instrument @param {number} intervalSeconds */
  start(instrument, intervalSeconds) {
    this.#instrument = instrument;
    this.#series = new CandleSeries(intervalSeconds);
    this.#dirty = true;
  }

  /** @param {Candle[]} candles */
  merge(candles) {
    this.#series.merge(candles);
    this.#dirty = true;
  }

  /** @param {Candle} candle */
  update(candle) {
    if (candle.intervalSeconds !== this.#series.intervalSeconds) return;
    this.#series.update(candle);
    this.#dirty = true;
  }

  recolor() {
    this.#theme = readTheme();
    this.#dirty = true;
  }

  paint() {
    if (!this.#dirty) return;
    this.#dirty = false;
    this.#plot.setData(this.#data());
    this.#readOut(this.#plot);
    setAttribute(this.#element, 'data-candles', String(this.#series.length));
  }

  /** Says in words what the chart shows. */
  describe() {
    if (!this.#instrument || this.#series.length === 0) return;
    const words = `Candles of ${this.#instrument.symbol}, ${this.#describeCandle(this.#series.length - 1)}`;
    setAttribute(this.#element, 'aria-label', words);
  }

  /** @returns {import('/webjars/uplot/dist/uPlot.esm.js').AlignedData} */
  #data() {
    return /** @type {any} */ (this.#series.columns());
  }

  /** @returns {Omit<import('/webjars/uplot/dist/uPlot.esm.js').Options, 'width'|'height'>} */
  #options() {
    const theme = () => this.#theme;
    const invisible = { paths: () => null, points: { show: false } };
    const price = { ...invisible, scale: 'price' };
    return {
      padding: [10, 0, 0, 26],
      cursor: { drag: { x: false, y: false }, points: { show: false } },
      scales: {
        x: { time: true, range: () => this.#timeRange() },
        price: { range: padded },
        volume: { range: (_, __, max) => [0, (max || 1) * VOLUME_HEADROOM] },
      },
      series: [{}, price, price, price, price, { ...invisible, scale: 'volume' }],
      axes: [
        axis(theme, { incrs: TIME_STEPS, size: BOTTOM_AXIS_PIXELS, space: 80, values: timeLabels }),
        axis(theme, {
          scale: 'price',
          side: 1,
          size: fitLabels,
          values: (_, splits) => splits.map((ticks) => this.#price(ticks)),
        }),
      ],
      hooks: { draw: [(plot) => this.#draw(plot)], setCursor: [(plot) => this.#readOut(plot)] },
    };
  }

  /** As many candles as the width holds, the newest at the right. @returns {[number, number]} */
  #timeRange() {
    const { start, length, intervalSeconds } = this.#series;
    const count = Math.max(10, Math.floor((this.#element.clientWidth - 80) / CANDLE_PIXELS));
    const last = length > 0 ? start[length - 1] : 0;
    const end = last + (1 + FREE_CANDLES) * intervalSeconds;
    return [end - count * intervalSeconds, end];
  }

  /** @param {Plot} plot */
  #draw(plot) {
    const { length, open, close } = this.#series;
    if (!this.#instrument || length === 0) return;
    paintCandles(plot, this.#series, this.#theme);
    const rising = close[length - 1] >= open[length - 1];
    const color = rising ? this.#theme.bid : this.#theme.ask;
    paintLastPrice(plot, close[length - 1], this.#price(close[length - 1]), color, this.#theme);
  }

  /** The candle under the cursor, or the last. @param {Plot} plot */
  #readOut(plot) {
    if (!this.#instrument || this.#series.length === 0) return;
    const at = Math.min(plot.cursor.idx ?? Infinity, this.#series.length - 1);
    this.#readout.set(this.#describeCandle(at));
  }

  /** @param {number} at */
  #describeCandle(at) {
    const { open, high, low, close, volume } = this.#series;
    const { lot } = /** @type {Instrument} */ (this.#instrument);
    const prices = `O ${this.#price(open[at])}  H ${this.#price(high[at])}  L ${this.#price(low[at])}`;
    return `${prices}  C ${this.#price(close[at])}  V ${toGrouped(volume[at], lot)}`;
  }

  /** @param {number} ticks */
  #price(ticks) {
    return this.#instrument ? toGrouped(Math.round(ticks), this.#instrument.tick) : '';
  }
}

/** @param {Plot} _ @param {number|null} min @param {number|null} max @returns {[number, number]} */
function padded(_, min, max) {
  if (min === null || max === null) return [0, 1];
  const room = Math.max(2, (max - min) * 0.08);
  return [min - 2.5 * room, max + room];
}

/** @param {Plot} _ @param {number[]} splits @param {number} __ @param {number} ___ @param {number} stepSeconds */
function timeLabels(_, splits, __, ___, stepSeconds) {
  const two = (/** @type {number} */ n) => String(n).padStart(2, '0');
  return splits.map((seconds) => {
    const date = new Date(seconds * 1000);
    const midnight = date.getHours() === 0 && date.getMinutes() === 0 && date.getSeconds() === 0;
    if (midnight) return date.toLocaleDateString('en', { day: 'numeric', month: 'short' });
    const time = `${two(date.getHours())}:${two(date.getMinutes())}`;
    return stepSeconds < 60 ? `${time}:${two(date.getSeconds())}` : time;
  });
}
