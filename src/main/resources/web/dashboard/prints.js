// @ts-check

/**
 * @typedef {import('../client/v1/sbe.js').Trade} Trade
 *
 * One or more trades as one row. `missed` trades are unknown between this row and the one below.
 * @typedef {{id: number, count: number, timeMicros: number, priceTicks: number, sizeLots: number, side: 'buy'|'sell',
 *     missed: number, large: boolean}} Print
 */

/** A print of this many times the usual size is a large one. */
const LARGE_TIMES = 15;
const LEAST_KNOWN = 20;

/** Whether a size is large among those of late: more than some times the median. */
export class Usual {
  #largeLots = Infinity;

  /** @param {Trade[]} trades */
  learn(trades) {
    if (trades.length < LEAST_KNOWN) return;
    const sizes = trades.map(({ sizeLots }) => sizeLots).sort((a, b) => a - b);
    this.#largeLots = sizes[sizes.length >> 1] * LARGE_TIMES;
  }

  /** @param {number} sizeLots */
  isLarge(sizeLots) {
    return sizeLots >= this.#largeLots;
  }
}

/**
 * @param {Trade[]} trades oldest first
 * @param {{rows: number, leastLots: number, gather: boolean, usual: Usual}} how
 * @returns {Print[]} newest first
 */
export function prints(trades, { rows, leastLots, gather, usual }) {
  /** @type {Print[]} */
  const made = [];
  for (let i = trades.length - 1; i >= 0 && made.length <= rows; i--) {
    const trade = trades[i];
    const last = made[made.length - 1];
    if (gather && last && isOfOneOrder(last, trade)) {
      last.count++;
      last.sizeLots += trade.sizeLots;
      last.missed = hole(trades, i);
    } else {
      if (last && last.sizeLots < leastLots) made.pop();
      made.push({ ...trade, count: 1, missed: hole(trades, i), large: false });
    }
  }
  if (made.length > 0 && made[made.length - 1].sizeLots < leastLots) made.pop();
  for (const print of made) print.large = usual.isLarge(print.sizeLots);
  return made.slice(0, rows);
}

/** An order that takes several others is so many trades of one time. @param {Print} print @param {Trade} trade */
function isOfOneOrder(print, trade) {
  return print.timeMicros === trade.timeMicros && print.side === trade.side;
}

/** Trades are numbered without holes. @param {Trade[]} trades @param {number} i */
function hole(trades, i) {
  return i === 0 ? 0 : Math.max(0, trades[i].id - trades[i - 1].id - 1);
}
