// @ts-check
import { CandleChart } from './candle-chart.js';
import { press } from './cells.js';
import { DepthChart } from './depth-chart.js';
import { Ladder } from './ladder.js';
import { Parts } from './parts.js';
import { Quote } from './quote.js';
import { Tape } from './tape.js';

/**
 * @typedef {import('../client/v1/depthcast.js').Depthcast} Depthcast
 * @typedef {import('../client/v1/errors.js').DepthcastError} DepthcastError
 * @typedef {import('../client/v1/subscriptions.js').Interval} Interval
 * @typedef {import('./view.js').View} View
 *
 * @typedef {object} PaneActions
 * @property {() => void} close
 * @property {() => void} activate
 * @property {(interval: Interval) => void} interval
 * @property {() => void} ladderMode
 * @property {(interval: Interval) => void} noInterval the gateway has no such candles
 */

const HISTORY_TRADES = 200;
const HISTORY_CANDLES = 500;
/** Someone who holds an arrow key down wants the instrument where it stops. */
const SETTLE_MILLIS = 120;

/** One instrument: its book, trades and candles, each followed by a subscription of its own. */
export class Pane {
  symbol = '';
  /** @type {import('../client/v1/book-subscription.js').BookSubscription|null} */
  book = null;
  /** @type {import('../client/v1/trades-subscription.js').TradesSubscription|null} */
  trades = null;
  /** @type {import('../client/v1/candles-subscription.js').CandlesSubscription|null} */
  candles = null;
  /** What has to be painted. */
  #changed = { ladder: false, depth: false };
  #flashedMicros = 0;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #settling;
  #client;
  #actions;

  /** @param {number} number from 0 @param {Depthcast} client @param {PaneActions} actions */
  constructor(number, client, actions) {
    this.#client = client;
    this.#actions = actions;
    this.parts = new Parts(number);
    this.root = this.parts.root;
    this.quote = new Quote(this.parts);
    this.ladder = new Ladder(this.parts);
    this.tape = new Tape(this.parts);
    this.#listen();
  }

  /** The charts measure their place, so that they are made when it is on the page. */
  placed() {
    this.chart = new CandleChart(this.parts);
    this.depthChart = new DepthChart(this.parts);
    this.ladder.center();
  }

  /** @param {string} symbol @param {View} view */
  show(symbol, view) {
    const first = this.symbol === '';
    const other = symbol !== this.symbol;
    this.ladder.arrange(view.depth, view.ladder);
    press(this.parts.get('ladder-mode'), view.ladder === 'price');
    for (const button of this.#intervalButtons) press(button, button.dataset.interval === view.candles);
    if (!other) {
      this.#adjust(view);
      return;
    }
    this.symbol = symbol;
    this.quote.start(symbol);
    this.ladder.clear(symbol);
    this.depthChart?.clear();
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => this.#follow(view), first ? 0 : SETTLE_MILLIS);
  }

  /** The gateway tells instruments: one that was not there may be now. @param {View} view */
  redefined(view) {
    const there = this.#client.instruments.has(this.symbol);
    if (there && this.book?.error) this.#follow(view);
    else if (there) this.quote.status(this.book?.status ?? 'open');
    this.#touch();
  }

  /** @param {Interval} interval that the gateway does not have */
  lacks(interval) {
    for (const button of this.#intervalButtons) {
      if (button.dataset.interval !== interval) continue;
      button.disabled = true;
      button.title = `This gateway has no candles of ${interval}`;
    }
  }

  close() {
    clearTimeout(this.#settling);
    this.#leave();
    this.root.remove();
  }

  /** @param {number} nowMillis */
  paintLadder(nowMillis) {
    if (!this.book || !(this.#changed.ladder || this.ladder.owes(nowMillis))) return;
    this.#changed.ladder = false;
    this.ladder.paint(this.book, nowMillis);
    this.quote.paintTouch(this.book);
  }

  paintDepth() {
    if (!this.#changed.depth || !this.book?.proved || !this.depthChart?.seen) return;
    this.#changed.depth = false;
    this.depthChart.paint(this.book);
  }

  /** @param {number} nowMillis */
  paintTape(nowMillis) {
    const instrument = this.trades?.instrument;
    if (!this.trades || !instrument) return;
    this.tape.paint(this.trades.trades, instrument);
    if (!this.trades.last) return;
    this.quote.paintLast(instrument, this.trades.last.priceTicks);
    this.#flashLarge(nowMillis);
  }

  paintChart() {
    this.chart?.paint();
  }

  recolor() {
    this.chart?.recolor();
    this.depthChart?.recolor();
  }

  describe() {
    this.chart?.describe();
    this.depthChart?.describe();
  }

  /** @param {View} view */
  #follow(view) {
    this.#leave();
    const intervalMillis = view.pace;
    const { depth, group } = view;
    this.book = this.#client.book(this.symbol, { depth, group, intervalMillis });
    this.trades = this.#client.trades(this.symbol, { history: HISTORY_TRADES, intervalMillis });
    this.book.on('change', () => this.#touch());
    this.book.on('status', (status) => this.quote.status(status));
    this.book.on('error', (error) => this.quote.status(words(error)));
    this.trades.on('change', () => this.tape.touch());
    this.quote.status(this.book.status);
    this.#flashedMicros = 0;
    this.#followCandles(view);
    this.tape.touch();
  }

  /** @param {View} view */
  #followCandles(view) {
    this.candles?.close();
    const interval = view.candles;
    const candles = this.#client.candles(this.symbol, {
      interval,
      history: HISTORY_CANDLES,
      intervalMillis: view.pace,
    });
    this.candles = candles;
    candles.on('change', () => this.chart?.touch());
    candles.on('error', ({ code }) => code === 'bad-interval' && this.#actions.noInterval(interval));
    this.chart?.follow(candles);
  }

  /** The same instrument in another way. @param {View} view */
  #adjust(view) {
    if (!this.book || this.book.closed) return;
    const { depth, group, pace } = view;
    if (depth !== this.book.depth || group !== this.book.group || pace !== this.book.intervalMillis) {
      this.book.change({ depth, group, intervalMillis: pace });
      this.ladder.center();
    }
    if (view.candles !== this.candles?.interval || pace !== this.candles.intervalMillis) this.#followCandles(view);
    this.#touch();
  }

  #leave() {
    for (const followed of [this.book, this.trades, this.candles]) followed?.close();
  }

  #touch() {
    this.#changed.ladder = true;
    this.#changed.depth = true;
  }

  /** @param {number} nowMillis */
  #flashLarge(nowMillis) {
    const trades = this.trades?.trades ?? [];
    const before = this.#flashedMicros;
    for (let i = trades.length - 1; i >= 0 && trades[i].timeMicros > before; i--) {
      if (before === 0 || !this.tape.isLarge(trades[i])) continue;
      this.ladder.flash(trades[i].priceTicks, nowMillis);
      this.#changed.ladder = true;
    }
    this.#flashedMicros = trades[trades.length - 1]?.timeMicros ?? 0;
  }

  /** @returns {HTMLButtonElement[]} */
  get #intervalButtons() {
    return [.../** @type {NodeListOf<HTMLButtonElement>} */ (this.root.querySelectorAll('[data-interval]'))];
  }

  #listen() {
    const { parts } = this;
    parts.get('close-pane').addEventListener('click', () => this.#actions.close());
    parts.get('ladder-mode').addEventListener('click', () => this.#actions.ladderMode());
    for (const type of ['pointerdown', 'focusin']) this.root.addEventListener(type, () => this.#actions.activate());
    this.root.addEventListener('click', (event) => {
      const { interval, zoom } = /** @type {HTMLElement} */ (event.target).dataset;
      if (interval) this.#actions.interval(/** @type {Interval} */ (interval));
      if (zoom === 'live') this.chart?.goLive();
      else if (zoom) this.chart?.zoomBy(/** @type {'in'|'out'} */ (zoom));
    });
  }
}

/** @param {DepthcastError} error */
function words({ code, reason }) {
  if (code === 'unknown-symbol') return 'no such instrument here';
  return code === 'removed' ? 'removed' : reason;
}
