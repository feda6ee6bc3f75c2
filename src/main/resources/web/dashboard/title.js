// @ts-check
import { toGrouped } from '../client/v1/decimal.js';

/**
 * @typedef {import('./pane.js').Pane} Pane
 * @typedef {import('./liveness.js').Liveness} Liveness
 */

/** For the window's title, also of a tab that nobody sees. @param {Pane|undefined} pane @param {Liveness} now */
export function titleOf(pane, { shown, live }) {
  const last = pane?.trades?.last;
  const instrument = pane?.trades?.instrument;
  const price = last && instrument ? toGrouped(last.priceTicks, instrument.tick) : '';
  const mark = shown === 'frozen' ? '❄ frozen' : live ? '' : `⚠ ${shown}`;
  return [mark, price, pane?.symbol, '· Depthcast'].filter(Boolean).join(' ');
}
