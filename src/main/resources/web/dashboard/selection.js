// @ts-check
import { fetchCandles, fetchTrades } from '../client/v1/rest.js';

/**
 * @typedef {import('../client/v1/depthcast.js').Depthcast} Depthcast
 * @typedef {import('../client/v1/sbe.js').Instrument} Instrument
 * @typedef {import('../client/v1/sbe.js').Trade} Trade
 * @typedef {import('../client/v1/sbe.js').Candle} Candle
 * @typedef {'1s'|'1m'|'5m'|'1h'} Interval
 *
 * @typedef {object} Screen
 * @property {(instrument: Instrument) => void} onInstrument everything shown so far is of another
 * @property {(instrument: Instrument, intervalSeconds: number) => void} onInterval other candles follow
 * @property {(trades: Trade[]) => void} onTrades history
 * @property {(candles: Candle[]) => void} onCandles history
 */

export const LADDER_DEPTH = 25;
/** @type {Record<Interval, number>} */
export const INTERVAL_SECONDS = { '1s': 1, '1m': 60, '5m': 300, '1h': 3600 };
const HISTORY_TRADES = 50;
const HISTORY_CANDLES = 500;
/** Someone who holds an arrow key down wants the instrument where it stops. */
const SETTLE_MILLIS = 120;

/** Which instrument the page is about, and the subscriptions and histories that follow from it. */
export class Selection {
  symbol = '';
  /** Fills the chart within a minute of a gateway's start. @type {Interval} */
  interval = '1s';
  #paceMillis = 100;
  #subscribed = '';
  #abort = new AbortController();
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #settling;

  /** @param {Depthcast} client @param {Screen} screen */
  constructor(client, screen) {
    this.client = client;
    this.screen = screen;
  }

  /** @param {string} symbol that the client knows */
  select(symbol) {
    const instrument = this.client.instruments.get(symbol);
    if (!instrument || symbol === this.symbol) return;
    this.symbol = symbol;
    this.screen.onInstrument(instrument);
    this.screen.onInterval(instrument, INTERVAL_SECONDS[this.interval]);
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => this.#follow(), this.#subscribed === '' ? 0 : SETTLE_MILLIS);
  }

  /** @param {Interval} interval of the candles */
  chooseInterval(interval) {
    this.interval = interval;
    const instrument = this.client.instruments.get(this.symbol);
    if (!instrument) return;
    this.screen.onInterval(instrument, INTERVAL_SECONDS[interval]);
    this.#follow();
  }

  /** @param {number} paceMillis between two updates of a stream */
  choosePace(paceMillis) {
    this.#paceMillis = paceMillis;
    this.client.subscribe('bbo', '*', { intervalMillis: paceMillis });
    if (this.symbol !== '') this.#subscribe();
  }

  /** Fetches what happened before, or while there was no connection. */
  async loadHistory() {
    const { symbol, interval } = this;
    const instrument = this.client.instruments.get(symbol);
    if (!instrument) return;
    this.#abort.abort();
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    const token = await this.client.tokens.token();
    if (signal.aborted) return;
    const trades = fetchTrades(location.origin, instrument, HISTORY_TRADES, token, signal);
    const candles = fetchCandles(location.origin, instrument, interval, HISTORY_CANDLES, token, signal);
    await Promise.all([
      trades.then((history) => signal.aborted || this.screen.onTrades(history)).catch(report),
      candles.then((history) => signal.aborted || this.screen.onCandles(history)).catch(report),
    ]);
  }

  #follow() {
    if (this.#subscribed !== '' && this.#subscribed !== this.symbol) {
      this.client.unsubscribe('book', this.#subscribed);
      this.client.unsubscribe('trades', this.#subscribed);
      this.client.unsubscribe('candles', this.#subscribed);
    }
    this.#subscribed = this.symbol;
    this.#subscribe();
    void this.loadHistory();
  }

  #subscribe() {
    const intervalMillis = this.#paceMillis;
    this.client.subscribe('book', this.symbol, { depth: LADDER_DEPTH, intervalMillis });
    this.client.subscribe('trades', this.symbol, { intervalMillis });
    this.client.subscribe('candles', this.symbol, { interval: this.interval, intervalMillis });
  }
}

/** The page works without history; the console says why it is missing. @param {unknown} error */
function report(error) {
  if (error instanceof Error && error.name !== 'AbortError') console.warn(`history: ${error.message}`);
}
