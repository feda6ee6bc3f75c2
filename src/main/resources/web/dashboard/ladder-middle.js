// @ts-check
import { toGrouped } from '../client/v1/decimal.js';
import { appendCell, appendRow, setAttribute } from './cells.js';

/**
 * @typedef {import('../client/v1/book-subscription.js').BookSubscription} BookSubscription
 * @typedef {import('../client/v1/levels.js').LevelList} LevelList
 */

/** Levels a side that the balance weighs: those that a market order of some size meets. */
const WEIGHED_LEVELS = 5;
const WHOLE_PERCENT = 100;

/** Between bids and asks: spread and mid price, size at the touch, and which side weighs more. */
export class LadderMiddle {
  #spread;
  #mid;
  #balance;
  #bidSize;
  #askSize;

  /** @param {HTMLTableSectionElement} section */
  constructor(section) {
    const prices = appendRow(section);
    this.#spread = appendCell(prices, 'spread');
    this.#mid = appendCell(prices, 'mid');
    this.#mid.element.setAttribute('aria-colspan', '2');
    const balance = appendRow(section);
    balance.className = 'balance';
    this.#bidSize = appendCell(balance, 'touch-bid');
    this.#balance = appendCell(balance, 'weight');
    this.#askSize = appendCell(balance, 'touch-ask');
    this.#bidSize.element.setAttribute('title', 'Size at the best bid');
    this.#askSize.element.setAttribute('title', 'Size at the best ask');
    this.#balance.element.setAttribute('title', `Share of bids in the best ${WEIGHED_LEVELS} levels of both sides`);
  }

  clear() {
    for (const cell of [this.#spread, this.#mid, this.#balance, this.#bidSize, this.#askSize]) cell.set('');
  }

  /** @param {BookSubscription} book */
  paint({ bids, asks }) {
    if (bids.length === 0 || asks.length === 0) {
      this.clear();
      this.#spread.set('one side is empty');
      return;
    }
    const { tick, lot } = bids.instrument;
    const [bid, ask] = [bids.priceTicks[0], asks.priceTicks[0]];
    const half = { mantissa: tick.mantissa * 5, exponent: tick.exponent - 1 };
    this.#spread.set(`Spread ${toGrouped(ask - bid, tick)}`);
    this.#mid.set(`Mid ${toGrouped(bid + ask, half)}`);
    this.#bidSize.set(toGrouped(bids.sizeLots[0], lot));
    this.#askSize.set(toGrouped(asks.sizeLots[0], lot));
    const share = Math.round((weight(bids) / (weight(bids) + weight(asks))) * WHOLE_PERCENT);
    this.#balance.set(`${share} : ${WHOLE_PERCENT - share}`);
    setAttribute(this.#balance.element, 'style', `--share: ${share}%`);
  }
}

/** @param {LevelList} side @returns {number} lots */
function weight({ sizeLots }) {
  let lots = 0;
  for (let i = 0; i < sizeLots.length && i < WEIGHED_LEVELS; i++) lots += sizeLots[i];
  return lots;
}
