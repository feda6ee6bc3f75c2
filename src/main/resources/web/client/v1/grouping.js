// @ts-check

/** @typedef {import('./sbe.js').Levels} Levels */

/** Multiples of the tick size to which prices can be gathered. */
export const GROUPS = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1000];

/**
 * Gathers levels to multiples of a number of ticks, bids down and asks up, so that no price looks better than it is.
 *
 * @param {Levels} levels best first
 * @param {number} group ticks
 * @param {boolean} descending whether they are bids
 * @param {number} depth at most so many are given
 * @param {boolean} whole whether there is nothing behind the last level: otherwise the last group may lack some of its size
 *     and is left out
 * @returns {Levels}
 */
export function gather({ priceTicks, sizeLots }, group, descending, depth, whole) {
  /** @type {number[]} */
  const prices = [];
  /** @type {number[]} */
  const sizes = [];
  for (let i = 0; i < priceTicks.length; i++) {
    const steps = priceTicks[i] / group;
    const price = (descending ? Math.floor(steps) : Math.ceil(steps)) * group;
    if (prices[prices.length - 1] === price) {
      sizes[sizes.length - 1] += sizeLots[i];
    } else {
      if (prices.length === depth) return columns(prices, sizes);
      prices.push(price);
      sizes.push(sizeLots[i]);
    }
  }
  if (!whole && prices.length > 1) {
    prices.pop();
    sizes.pop();
  }
  return columns(prices, sizes);
}

/** @param {number[]} prices @param {number[]} sizes @returns {Levels} */
function columns(prices, sizes) {
  return { priceTicks: Float64Array.from(prices), sizeLots: Float64Array.from(sizes) };
}
