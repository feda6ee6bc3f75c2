// @ts-check

/**
 * What the page shows, as its address has it: `#BTC-USD,ETH-USD&depth=100&group=10&candles=1m&pace=250&ladder=price&theme=light`.
 * What is as by default is left out.
 *
 * @typedef {import('../client/v1/subscriptions.js').Interval} Interval
 * @typedef {object} View
 * @property {string[]} symbols one pane each
 * @property {number} depth levels a side
 * @property {number} group ticks a level
 * @property {Interval} candles
 * @property {number} pace milliseconds between updates
 * @property {'levels'|'price'} ladder
 * @property {'auto'|'light'|'dark'} theme
 */

export const MAX_PANES = 6;
/** @type {readonly Interval[]} */
export const INTERVALS = ['1s', '1m', '5m', '15m', '1h', '4h', '1d'];
export const DEPTHS = [10, 25, 50, 100, 500];
export const PACES = [0, 100, 250, 1000];
export const GROUPS = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1000];

/** @type {View} */
export const DEFAULT_VIEW = {
  symbols: [],
  depth: 25,
  group: 1,
  candles: '1s',
  pace: 100,
  ladder: 'levels',
  theme: 'auto',
};

/** @param {string} hash with or without `#` @returns {View} what cannot be read is as by default */
export function parseView(hash) {
  const [symbols, ...rest] = hash.replace(/^#/, '').split('&');
  const given = new URLSearchParams(rest.join('&'));
  return {
    symbols: [...new Set(symbols.split(',').filter(Boolean).map(decoded))].slice(0, MAX_PANES),
    depth: oneOf(DEPTHS, Number(given.get('depth')), DEFAULT_VIEW.depth),
    group: oneOf(GROUPS, Number(given.get('group')), DEFAULT_VIEW.group),
    candles: oneOf(INTERVALS, given.get('candles'), DEFAULT_VIEW.candles),
    pace: oneOf(PACES, given.has('pace') ? Number(given.get('pace')) : -1, DEFAULT_VIEW.pace),
    ladder: oneOf(['levels', 'price'], given.get('ladder'), DEFAULT_VIEW.ladder),
    theme: oneOf(['auto', 'light', 'dark'], given.get('theme'), DEFAULT_VIEW.theme),
  };
}

/** @param {View} view @returns {string} with `#` */
export function formatView(view) {
  const symbols = view.symbols.map(encodeURIComponent).join(',');
  const names = /** @type {(keyof View)[]} */ (['depth', 'group', 'candles', 'pace', 'ladder', 'theme']);
  const others = names.filter((name) => view[name] !== DEFAULT_VIEW[name]).map((name) => `${name}=${view[name]}`);
  return `#${[symbols, ...others].join('&')}`;
}

/**
 * @template Value
 * @param {readonly Value[]} values
 * @param {unknown} value
 * @param {Value} otherwise
 * @returns {Value}
 */
function oneOf(values, value, otherwise) {
  return values.includes(/** @type {Value} */ (value)) ? /** @type {Value} */ (value) : otherwise;
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
