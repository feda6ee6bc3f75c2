// @ts-check
import { INTERVAL_SECONDS } from '../client/v1/candles-subscription.js';
import { toGrouped } from '../client/v1/decimal.js';
import { lastPriceCovers, paintCandles, paintLastPrice } from './candle-painter.js';
import { CandleSeries } from './candle-series.js';
import { setAttribute } from './cells.js';
import { listenToGestures } from './chart-gestures.js';
import { Crosshair } from './crosshair.js';
import { FigureLine } from './figure-line.js';
import { shownChange } from './percent.js';
import { axis, BOTTOM_AXIS_PIXELS, fitLabels, makePlot, moment, timeLabels } from './plots.js';
import { readTheme } from './theme.js';
import { TimeWindow } from './time-window.js';

/**
 * @typedef {import('../client/v1/candles-subscription.js').CandlesSubscription} CandlesSubscription
 * @typedef {import('../client/v1/sbe.js').Instrument} Instrument
 * @typedef {import('./parts.js').Parts} Parts
 * @typedef {import('/webjars/uplot/dist/uPlot.esm.js')} Plot
 */

/** Volume takes the lowest fifth. */
const VOLUME_HEADROOM = 5;
const TIME_STEPS = [1, 5, 10, 15, 30, 60, 300, 600, 900, 1800, 3600, 7200, 14400, 21600, 43200, 86400, 172800, 604800];
const KEY_SHARE = 0.2;
const OLDER_CANDLES = 500;
const ZOOM_STEP = 1.4;
const FIGURES = ['open', 'high', 'low', 'close', 'change', 'volume'];

/** Candles and volume of one instrument; older ones are fetched as somebody goes back to them. */
export class CandleChart {
  #element;
  #readout;
  #liveButton;
  #theme = readTheme();
  /** @type {CandlesSubscription|null} */
  #candles = null;
  #series = new CandleSeries(60);
  #window = new TimeWindow(60, 0);
  #dirty = false;
  #fetching = false;
  /** @type {number[]} of the axis, in ticks */
  #labels = [];
  /** @type {number|undefined} the one that is left out */
  #unlabelled;
  /** @type {Plot} */
  #plot;
  #crosshair;

  /** @param {Parts} parts */
  constructor(parts) {
    this.#element = parts.get('candle-chart');
    this.#readout = new FigureLine(parts.get('candle-readout'), ['O', 'H', 'L', 'C', '', 'V']);
    this.#liveButton = /** @type {HTMLElement} */ (parts.root.querySelector('[data-zoom="live"]'));
    this.#plot = makePlot(this.#element, this.#options(), () => this.#data());
    this.#crosshair = new Crosshair(this.#element);
    listenToGestures(this.#plot.over, {
      zoom: (factor, x) => this.zoom(factor, this.#plot.posToVal(x, 'x')),
      pan: (pixels) => this.#pan((pixels / this.#plot.over.clientWidth) * this.#window.count),
      goLive: () => this.goLive(),
    });
  }

  /** @param {CandlesSubscription} candles that are shown from now on */
  follow(candles) {
    this.#candles = candles;
    this.#window = new TimeWindow(INTERVAL_SECONDS[candles.interval], this.#plot.width);
    this.touch();
  }

  /** Something has changed. */
  touch() {
    this.#dirty = true;
  }

  recolor() {
    this.#theme = readTheme();
    this.#plot.redraw();
  }

  paint() {
    if (!this.#dirty || !this.#candles || this.#plot.width === 0) return;
    this.#dirty = false;
    this.#series = new CandleSeries(this.#window.intervalSeconds, this.#candles.candles);
    // As it was measured when it last changed: to ask the element would have it laid out here and now.
    this.#window.pixels = this.#plot.width;
    this.#window.newest(this.#series.start[this.#series.length - 1] ?? Math.floor(Date.now() / 1_000));
    this.#plot.setData(this.#data());
    // The plot makes labels anew only where its scale changes, and the last price moves without that.
    if (this.#covered !== this.#unlabelled) this.#plot.redraw(false, true);
    this.#readOut(this.#plot);
    this.#liveButton.hidden = this.#window.isLive;
    setAttribute(this.#element, 'data-candles', String(this.#series.length));
    setAttribute(this.#element, 'data-live', String(this.#window.isLive));
  }

  /** @param {'in'|'out'} way */
  zoomBy(way) {
    this.zoom(way === 'in' ? 1 / ZOOM_STEP : ZOOM_STEP);
  }

  /** @param {number} factor more or fewer candles @param {number|null} [at] seconds that stay where they are */
  zoom(factor, at = null) {
    this.#window.zoom(factor, at);
    this.#moved();
  }

  /** @param {-1|1} way to older or newer ones */
  step(way) {
    this.#pan(-way * this.#window.count * KEY_SHARE);
  }

  goLive() {
    this.#window.goLive();
    this.#moved();
  }

  /** Says in words what the chart shows. */
  describe() {
    if (!this.#instrument || this.#series.length === 0) return;
    const { figures } = this.#figures(this.#series.length - 1);
    const words = FIGURES.map((name, i) => `${name} ${figures[i]}`);
    setAttribute(this.#element, 'aria-label', `Candles of ${this.#instrument.symbol}, ${words.join(', ')}`);
  }

  get #instrument() {
    return this.#candles?.instrument;
  }

  /** @param {number} candles back in time */
  #pan(candles) {
    this.#window.pan(candles * this.#window.intervalSeconds);
    this.#moved();
  }

  /** Fetches older candles where some would have to be seen. */
  async #moved() {
    this.touch();
    const [first = 0] = this.#series.start;
    const candles = this.#candles;
    if (!candles || this.#fetching || candles.exhausted || this.#window.range[0] > first) return;
    this.#fetching = true;
    await candles.more(OLDER_CANDLES);
    this.#fetching = false;
    this.touch();
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
      padding: [26, 0, 0, 26],
      cursor: { drag: { x: false, y: false }, points: { show: false } },
      scales: {
        x: { time: true, range: () => this.#window.range },
        price: { range: padded },
        volume: { range: (_, __, max) => [0, (max || 1) * VOLUME_HEADROOM] },
      },
      series: [{}, price, price, price, price, { ...invisible, scale: 'volume' }],
      axes: [
        axis(theme, { incrs: TIME_STEPS, size: BOTTOM_AXIS_PIXELS, space: 80, values: timeLabels }),
        axis(theme, {
          scale: 'price',
          side: 1,
          size: (plot, labels) => fitLabels(plot, [...(labels ?? []), this.#lastLabel]),
          space: 44,
          values: (_, splits) => this.#axisLabels(splits),
        }),
      ],
      hooks: { draw: [(plot) => this.#draw(plot)], setCursor: [(plot) => this.#readOut(plot)] },
    };
  }

  /** @param {Plot} plot */
  #draw(plot) {
    const { length, open, close } = this.#series;
    if (!this.#instrument || length === 0) return;
    paintCandles(plot, this.#series, this.#theme);
    const rising = close[length - 1] >= open[length - 1];
    const color = rising ? this.#theme.bid : this.#theme.ask;
    paintLastPrice(plot, close[length - 1], this.#lastLabel, color, this.#theme);
  }

  /** The candle under the cursor, or the last. @param {Plot} plot */
  #readOut(plot) {
    if (!this.#instrument || this.#series.length === 0) {
      this.#readout.say(this.#instrument ? 'no trades yet' : '');
      return;
    }
    const at = Math.min(plot.cursor.idx ?? Infinity, this.#series.length - 1);
    const { figures, move } = this.#figures(at);
    this.#readout.show(figures, move);
    const ticks = plot.posToVal(plot.cursor.top ?? 0, 'price');
    this.#crosshair?.show(plot, moment(this.#series.start[at], this.#window.intervalSeconds), this.#price(ticks));
  }

  /** Of a candle, as they are read out. @param {number} at */
  #figures(at) {
    const { open, high, low, close, volume } = this.#series;
    const { lot } = /** @type {Instrument} */ (this.#instrument);
    const { text, move } = shownChange(((close[at] - open[at]) / open[at]) * 100);
    const prices = [open, high, low, close].map((column) => this.#price(column[at]));
    return { figures: [...prices, text, toGrouped(volume[at], lot)], move };
  }

  /** @returns {number|undefined} the label of the axis that cannot be read beneath the last price */
  get #covered() {
    const last = this.#series.close[this.#series.length - 1];
    return this.#labels.find((ticks) => lastPriceCovers(this.#plot, ticks, last));
  }

  /** Of the last price, which is shown whatever labels there are. */
  get #lastLabel() {
    const { length, close } = this.#series;
    return length > 0 ? this.#price(close[length - 1]) : '';
  }

  /** @param {number[]} splits in ticks */
  #axisLabels(splits) {
    this.#labels = splits;
    this.#unlabelled = this.#covered;
    return splits.map((ticks) => (ticks === this.#unlabelled ? '' : this.#price(ticks)));
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
