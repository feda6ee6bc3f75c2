// @ts-check

const MINUS = '−';

/**
 * A change as it is shown, with its sign, which one too small to be seen has not.
 *
 * @param {number} percent
 * @returns {{text: string, move: 'up'|'down'|'same'}}
 */
export function shownChange(percent) {
  const size = Math.abs(percent).toFixed(2);
  if (Number(size) === 0) return { text: `${size} %`, move: 'same' };
  return percent < 0 ? { text: `${MINUS}${size} %`, move: 'down' } : { text: `+${size} %`, move: 'up' };
}
