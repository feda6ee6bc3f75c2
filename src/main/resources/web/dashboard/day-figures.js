// @ts-check

/**
 * @typedef {import('../client/v1/sbe.js').Instrument} Instrument
 * @typedef {import('./day-stats.js').DayStat} DayStat
 */

const COMPACT = new Intl.NumberFormat('en', {
  notation: 'compact',
  minimumSignificantDigits: 3,
  maximumSignificantDigits: 3,
});

/** @param {DayStat|undefined} stat @returns {number|null} */
export function changePercent(stat) {
  return stat && stat.openTicks > 0 ? ((stat.lastTicks - stat.openTicks) / stat.openTicks) * 100 : null;
}

/** In the quoted currency, at the last price: a rounded figure to compare by. @param {DayStat|undefined} stat @param {Instrument} instrument */
export function turnover(stat, { lot, tick }) {
  return stat ? value(stat.volumeLots, lot) * value(stat.lastTicks, tick) : 0;
}

/** @param {number} amount @returns {string} in three digits */
export function shownTurnover(amount) {
  return amount > 0 ? COMPACT.format(amount) : '–';
}

/** For comparing and rounding only. @param {number} count @param {import('../client/v1/decimal.js').Step} step */
export function value(count, { mantissa, exponent }) {
  return count * mantissa * 10 ** exponent;
}
