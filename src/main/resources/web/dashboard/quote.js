// @ts-check
import { toGrouped } from '../client/v1/decimal.js';
import { setAttribute } from './cells.js';
import { changePercent, shownTurnover, turnover } from './day-figures.js';
import { FigureLine } from './figure-line.js';
import { shownChange } from './percent.js';

/**
 * @typedef {import('../client/v1/book-subscription.js').BookSubscription} BookSubscription
 * @typedef {import('../client/v1/sbe.js').Instrument} Instrument
 * @typedef {import('./day-stats.js').DayStat} DayStat
 * @typedef {import('./parts.js').Parts} Parts
 */

const ARROWS = { up: '▲', down: '▼', same: '' };

/** One instrument in a few words: at the head of its pane, in the title, and for screen readers. */
export class Quote {
  #root;
  #symbol;
  #status;
  #last;
  #touch;
  #day;
  #lastTicks = 0;
  /** @type {'up'|'down'|'same'} */
  #move = 'same';

  /** @param {Parts} parts */
  constructor(parts) {
    this.#root = parts.root;
    this.#symbol = parts.cell('quote-symbol');
    this.#status = parts.cell('quote-status');
    this.#last = parts.cell('quote-last');
    this.#touch = parts.cell('quote-touch');
    this.#day = new FigureLine(parts.get('quote-day'), ['24 h', 'Range', 'Volume']);
  }

  /** @param {string} symbol */
  start(symbol) {
    this.#symbol.set(symbol);
    this.#last.set('–');
    this.#touch.set('');
    this.#day.say('');
    this.#lastTicks = 0;
    this.#move = 'same';
    this.status('open');
  }

  /** What is not open is said, and so is what is wrong. @param {string} status */
  status(status) {
    this.#status.set(status === 'open' ? '' : status);
    const element = /** @type {HTMLElement} */ (this.#status.element);
    element.hidden = status === 'open';
    setAttribute(element, 'data-status', status);
    setAttribute(this.#root, 'data-status', status);
  }

  /** @param {BookSubscription} book */
  paintTouch({ bids, asks }) {
    if (bids.length === 0 || asks.length === 0) return;
    const { tick } = bids.instrument;
    const [bid, ask] = [bids, asks].map(({ priceTicks }) => toGrouped(priceTicks[0], tick));
    this.#touch.set(`Bid\u00a0${bid}   Ask\u00a0${ask}`);
  }

  /** @param {DayStat|undefined} stat */
  paintDay(stat) {
    const change = changePercent(stat);
    if (!stat?.instrument || change === null || stat.highTicks === 0) {
      this.#day.say('');
      return;
    }
    const { instrument, highTicks, lowTicks } = stat;
    const [low, high] = [lowTicks, highTicks].map((ticks) => toGrouped(ticks, instrument.tick));
    const { text, move } = shownChange(change);
    this.#day.show([text, `${low} – ${high}`, shownTurnover(turnover(stat, instrument))], move);
  }

  /** @param {Instrument} instrument @param {number} priceTicks of the last trade */
  paintLast(instrument, priceTicks) {
    if (priceTicks === this.#lastTicks) return;
    if (this.#lastTicks !== 0) this.#move = priceTicks > this.#lastTicks ? 'up' : 'down';
    this.#lastTicks = priceTicks;
    this.#last.set(`${toGrouped(priceTicks, instrument.tick)} ${ARROWS[this.#move]}`);
    setAttribute(this.#last.element, 'data-move', this.#move);
  }

  /** For those who listen. @param {BookSubscription} book @returns {string} */
  summary({ symbol, proved, bids, asks }) {
    if (!proved || bids.length === 0 || asks.length === 0) return '';
    const { tick } = bids.instrument;
    return `${symbol} bid ${toGrouped(bids.priceTicks[0], tick)} ask ${toGrouped(asks.priceTicks[0], tick)}`;
  }
}
