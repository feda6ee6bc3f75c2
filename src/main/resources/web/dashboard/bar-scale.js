// @ts-check

/** @typedef {import('../client/v1/levels.js').LevelList} LevelList */

const WHOLE_PERCENT = 100;
/** Bars move by so many percent, for every change of one costs the browser a style. */
const BAR_PERCENT = 2;

/** How long the bars of a book are: those of both sides measure by the same. */
export class BarScale {
  #largest;
  #deepest;

  /** @param {LevelList} bids @param {LevelList} asks */
  constructor(bids, asks) {
    this.#largest = Math.max(largest(bids), largest(asks));
    this.#deepest = Math.max(sum(bids), sum(asks));
  }

  /** @param {number} lots @returns {number} percent of the largest level */
  size(lots) {
    return percent(lots, this.#largest);
  }

  /** @param {number} lots of a level and all before it @returns {number} percent of the deeper side */
  total(lots) {
    return percent(lots, this.#deepest);
  }
}

/** @param {number} part @param {number} whole */
function percent(part, whole) {
  return whole > 0 ? Math.round(((part / whole) * WHOLE_PERCENT) / BAR_PERCENT) * BAR_PERCENT : 0;
}

/** @param {LevelList} side @returns {number} lots */
function sum({ sizeLots }) {
  return sizeLots.reduce((a, b) => a + b, 0);
}

/** @param {LevelList} side @returns {number} lots */
function largest({ sizeLots }) {
  return sizeLots.reduce((a, b) => Math.max(a, b), 0);
}
