// @ts-check

/**
 * What of an instrument takes one another's place, so that a client follows one of it at a time: a channel, or a book whose
 * prices are gathered, of which there may be one for each depth and group.
 *
 * @typedef {import('./subscriptions.js').Channel} Channel
 * @typedef {string} Lane
 */

const BOOK = 'book';

/** @param {string} channel @param {{depth?: number, group?: number|string}} [terms] @returns {Lane} */
export function laneOf(channel, { depth = 0, group = 1 } = {}) {
  return channel === BOOK && Number(group) > 1 ? `${BOOK} ${depth}/${group}` : channel;
}

/** @param {Lane} lane @returns {Channel} */
export function channelOf(lane) {
  return /** @type {Channel} */ (lane.split(' ')[0]);
}

/** @param {Lane} lane @returns {boolean} whether it is that of a book with gathered prices */
export function isGrouped(lane) {
  return lane.startsWith(`${BOOK} `);
}

/**
 * What names a lane in a command that ends what is there, or asks for it whole. A gateway of before there were groups is told
 * of none.
 *
 * @param {Lane} lane @param {boolean} several whether there are lanes of other groups
 * @returns {{depth?: number, group?: string}}
 */
export function termsOf(lane, several) {
  if (!isGrouped(lane)) return lane === BOOK && several ? { group: '1' } : {};
  const [depth, group] = lane.slice(BOOK.length + 1).split('/');
  return { depth: Number(depth), group };
}
