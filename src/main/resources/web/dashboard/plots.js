// @ts-check
import uPlot from '../webjars/uplot/dist/uPlot.esm.js';
import { padded } from './cells.js';

/**
 * What both charts share: a plot that fills its element, in the colours of the page.
 *
 * @typedef {import('./theme.js').Theme} Theme
 */

/** Whole numbers only: the axes count ticks, lots and seconds. */
const WHOLE_STEPS = Array.from({ length: 15 }, (_, power) => [1, 2, 5].map((digit) => digit * 10 ** power)).flat();

export const BOTTOM_AXIS_PIXELS = 28;

/**
 * @param {HTMLElement} element
 * @param {Omit<uPlot.Options, 'width'|'height'>} options
 * @param {() => uPlot.AlignedData} data
 * @returns {uPlot}
 */
export function makePlot(element, options, data) {
  const plot = new uPlot({ width: 300, height: 200, legend: { show: false }, ...options }, data(), element);
  const resize = () => plot.setSize({ width: element.clientWidth, height: element.clientHeight });
  new ResizeObserver(() => requestAnimationFrame(resize)).observe(element);
  resize();
  return plot;
}

/**
 * @param {() => Theme} theme
 * @param {Partial<uPlot.Axis>} options
 * @returns {uPlot.Axis}
 */
export function axis(theme, options) {
  const line = { stroke: () => theme().grid, width: 1 };
  return {
    stroke: () => theme().muted,
    font: theme().font,
    grid: line,
    ticks: { ...line, size: 4 },
    incrs: WHOLE_STEPS,
    ...options,
  };
}

/** Room for the longest label. @param {uPlot} _ @param {string[]} labels */
export function fitLabels(_, labels) {
  const longest = Math.max(5, ...(labels ?? []).map((label) => label.length));
  return longest * 7 + 16;
}

/** @param {uPlot} _ @param {number[]} splits @param {number} __ @param {number} ___ @param {number} stepSeconds */
export function timeLabels(_, splits, __, ___, stepSeconds) {
  return splits.map((seconds) => {
    const date = new Date(seconds * 1000);
    const midnight = date.getHours() === 0 && date.getMinutes() === 0 && date.getSeconds() === 0;
    if (midnight) return day(date);
    const time = `${padded(date.getHours())}:${padded(date.getMinutes())}`;
    return stepSeconds < 60 ? `${time}:${padded(date.getSeconds())}` : time;
  });
}

/** @param {number} seconds since 1970 @param {number} stepSeconds that it is known to @returns {string} in local time */
export function moment(seconds, stepSeconds) {
  const date = new Date(seconds * 1000);
  if (stepSeconds >= 86_400) return day(date);
  const time = `${padded(date.getHours())}:${padded(date.getMinutes())}`;
  return stepSeconds < 60 ? `${time}:${padded(date.getSeconds())}` : `${day(date)} ${time}`;
}

/** @param {Date} date */
function day(date) {
  return date.toLocaleDateString('en', { day: 'numeric', month: 'short' });
}
