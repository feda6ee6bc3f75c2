// @ts-check

/**
 * @typedef {import('./theme.js').Theme} Theme
 * @typedef {import('./candle-series.js').CandleSeries} CandleSeries
 * @typedef {import('/webjars/uplot/dist/uPlot.esm.js')} Plot
 */

const BODY_SHARE = 0.68;
const TAG_PADDING = 4;
const TAG_PIXELS = 16;
/** Volume lies behind the candles. */
const VOLUME_ALPHA = 0.3;

/**
 * Draws candles and volume onto the canvas of a plot: rising ones hollow, falling ones filled, so that the direction
 * does not depend on the colour.
 *
 * @param {Plot} plot with the scales `x`, `price` and `volume`
 * @param {CandleSeries} series
 * @param {Theme} theme
 */
export function paintCandles(plot, series, theme) {
  const { ctx } = plot;
  const [from, to] = visible(plot, series);
  const pixelsPerCandle = Math.abs(x(plot, series.intervalSeconds) - x(plot, 0));
  const width = Math.max(1, Math.round(pixelsPerCandle * BODY_SHARE) | 1);
  const rising = { bodies: new Path2D(), wicks: new Path2D(), volume: new Path2D() };
  const falling = { bodies: new Path2D(), wicks: new Path2D(), volume: new Path2D() };
  for (let i = from; i < to; i++) {
    addCandle(plot, series, i, width, series.close[i] >= series.open[i] ? rising : falling);
  }
  ctx.save();
  ctx.beginPath();
  ctx.rect(plot.bbox.left, plot.bbox.top, plot.bbox.width, plot.bbox.height);
  ctx.clip();
  ctx.lineWidth = 1;
  ctx.globalAlpha = VOLUME_ALPHA;
  fill(ctx, rising.volume, theme.bid);
  fill(ctx, falling.volume, theme.ask);
  ctx.globalAlpha = 1;
  stroke(ctx, rising.wicks, theme.bid);
  stroke(ctx, falling.wicks, theme.ask);
  fill(ctx, rising.bodies, width > 2 ? theme.panel : theme.bid);
  stroke(ctx, rising.bodies, theme.bid);
  fill(ctx, falling.bodies, theme.ask);
  stroke(ctx, falling.bodies, theme.ask);
  ctx.restore();
}

/**
 * A line at the last price, and the price on the axis.
 *
 * @param {Plot} plot
 * @param {number} priceTicks
 * @param {string} label
 * @param {string} color
 * @param {Theme} theme
 */
export function paintLastPrice(plot, priceTicks, label, color, theme) {
  const { ctx, bbox } = plot;
  const y = Math.round(plot.valToPos(priceTicks, 'price', true)) + 0.5;
  if (y < bbox.top || y > bbox.top + bbox.height) return;
  const ratio = devicePixelRatio;
  const right = bbox.left + bbox.width;
  ctx.save();
  ctx.strokeStyle = color;
  ctx.setLineDash([3 * ratio, 3 * ratio]);
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(right, y);
  ctx.stroke();
  ctx.font = theme.font.replace('11px', `${11 * ratio}px`);
  const height = TAG_PIXELS * ratio;
  ctx.fillStyle = color;
  ctx.fillRect(right + 1, y - height / 2, ctx.measureText(label).width + 2 * TAG_PADDING * ratio, height);
  ctx.fillStyle = theme.panel;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  ctx.fillText(label, right + 1 + TAG_PADDING * ratio, y);
  ctx.restore();
}

/**
 * Whether the tag of the last price lies over a label of the axis.
 *
 * @param {Plot|undefined} plot undefined while it is being made
 * @param {number} labelTicks
 * @param {number|undefined} lastTicks
 */
export function lastPriceCovers(plot, labelTicks, lastTicks) {
  if (!plot || lastTicks === undefined) return false;
  return Math.abs(plot.valToPos(labelTicks, 'price') - plot.valToPos(lastTicks, 'price')) < TAG_PIXELS;
}

/**
 * @param {Plot} plot
 * @param {CandleSeries} series
 * @returns {[number, number]} the first candle to be seen, and the one after the last
 */
export function visible(plot, series) {
  const least = (plot.scales.x.min ?? 0) - series.intervalSeconds;
  const most = plot.scales.x.max ?? Infinity;
  let to = series.length;
  while (to > 0 && series.start[to - 1] > most) to--;
  let from = to;
  while (from > 0 && series.start[from - 1] >= least) from--;
  return [from, to];
}

/** @param {Plot} plot @param {number} seconds */
function x(plot, seconds) {
  return plot.valToPos(seconds, 'x', true);
}

/**
 * @param {Plot} plot
 * @param {CandleSeries} series
 * @param {number} i
 * @param {number} width in canvas pixels, odd so that the wick stands in the middle
 * @param {{bodies: Path2D, wicks: Path2D, volume: Path2D}} paths
 */
function addCandle(plot, series, i, width, paths) {
  const y = (/** @type {number} */ ticks) => Math.round(plot.valToPos(ticks, 'price', true)) + 0.5;
  const center = Math.round(x(plot, series.start[i] + series.intervalSeconds / 2)) + 0.5;
  const left = center - (width - 1) / 2;
  const top = y(Math.max(series.open[i], series.close[i]));
  const bottom = y(Math.min(series.open[i], series.close[i]));
  paths.wicks.moveTo(center, y(series.high[i]));
  paths.wicks.lineTo(center, top);
  paths.wicks.moveTo(center, bottom);
  paths.wicks.lineTo(center, y(series.low[i]));
  paths.bodies.rect(left, top, width - 1, bottom - top);
  const floor = plot.bbox.top + plot.bbox.height;
  const volumeTop = Math.round(plot.valToPos(series.volume[i], 'volume', true));
  paths.volume.rect(left - 0.5, volumeTop, width, floor - volumeTop);
}

/** @param {CanvasRenderingContext2D} ctx @param {Path2D} path @param {string} color */
function fill(ctx, path, color) {
  ctx.fillStyle = color;
  ctx.fill(path);
}

/** @param {CanvasRenderingContext2D} ctx @param {Path2D} path @param {string} color */
function stroke(ctx, path, color) {
  ctx.strokeStyle = color;
  ctx.stroke(path);
}
