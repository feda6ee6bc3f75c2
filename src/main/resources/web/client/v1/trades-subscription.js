// @ts-check
import { hasSameSteps } from './decimal.js';
import { MarketSubscription } from './market-subscription.js';
import { fetchTrades } from './rest.js';

/**
 * @typedef {import('./sbe.js').Trade} Trade
 * @typedef {import('./sbe.js').TradesMessage} TradesMessage
 * @typedef {import('./market-subscription.js').Owner} Owner
 * @typedef {import('./market-subscription.js').CommonOptions} CommonOptions
 * @typedef {CommonOptions & {history?: number, keep?: number}} TradesOptions `history` is how many of the past are fetched,
 *     `keep` how many are held
 */

const KEEP = 1_000;
/** History is asked for again while it does not reach what came live: the two are answered by different threads. */
const JOINS = 3;
const LEAST_HISTORY = 100;

/**
 * The trades of one instrument. Those of the past are joined to the live ones by time and number: none twice, none missing
 * between them; after a reconnect as well. A loop over it is given what came since its last turn, `change` all that are held.
 *
 * @extends {MarketSubscription<Trade[]>}
 */
export class TradesSubscription extends MarketSubscription {
  /** Oldest first, at most `keep`. @type {Trade[]} */
  trades = [];
  /** Trades that a slow connection was spared, and that history has not brought. */
  missed = 0;
  #history;
  #keep;
  #joinsLeft = 0;
  #joining = false;

  /** @param {Owner} owner @param {string} symbol @param {TradesOptions} [options] */
  constructor(owner, symbol, options = {}) {
    super(owner, 'trades', symbol, options);
    this.#history = options.history ?? 0;
    this.#keep = options.keep ?? Math.max(KEEP, this.#history);
    this.begin({ intervalMillis: this.intervalMillis });
  }

  /** The newest, if any. */
  get last() {
    return this.trades[this.trades.length - 1];
  }

  /** @override */
  accepted() {
    if (this.#history === 0) return;
    this.#joinsLeft = JOINS;
    void this.#join(this.#history);
  }

  /** @override @param {TradesMessage} message */
  receive({ trades, missed }) {
    const { last } = this;
    const fresh = last ? trades.filter((trade) => isBefore(last, trade)) : trades;
    this.missed += missed;
    this.#set(this.trades.concat(fresh));
    if (this.#joinsLeft > 0) this.#close();
  }

  /** @override */
  restart() {
    this.missed = 0;
    this.#set([]);
  }

  /** @protected @override @param {{last?: Trade}} given @returns {Trade[]} */
  item(given) {
    const { last } = given;
    given.last = this.last;
    return last ? this.trades.filter((trade) => isBefore(last, trade)) : this.trades.slice();
  }

  /** @param {number} limit */
  async #join(limit) {
    const { instrument } = this;
    if (!instrument || this.#joining) return;
    this.#joining = true;
    this.#joinsLeft--;
    const history = await this.history(async () =>
      fetchTrades(this.owner.requests, instrument, limit, await this.owner.token()),
    );
    if (history && hasSameSteps(instrument, this.instrument ?? instrument)) this.#set(joined(this.trades, history));
    this.#joining = false;
    this.#close();
  }

  /** Trades of an instrument are numbered without holes. */
  #close() {
    const hole = this.trades.some(({ id }, i, all) => i > 0 && id > all[i - 1].id + 1);
    if (hole && this.#joinsLeft > 0) void this.#join(Math.max(this.#history, LEAST_HISTORY));
  }

  /** @param {Trade[]} trades */
  #set(trades) {
    this.trades = trades.length > this.#keep ? trades.slice(-this.#keep) : trades;
    this.changed(this.trades);
  }
}

/** @param {Trade[]} present @param {Trade[]} history @returns {Trade[]} both, each once, oldest first */
export function joined(present, history) {
  const known = new Set(present.map(name));
  const fresh = history.filter((trade) => !known.has(name(trade)));
  return fresh.length === 0 ? present : [...fresh, ...present].sort((a, b) => (isBefore(a, b) ? -1 : 1));
}

/** Numbers start again with a new epoch, times do not. @param {Trade} a @param {Trade} b */
export function isBefore(a, b) {
  return a.timeMicros < b.timeMicros || (a.timeMicros === b.timeMicros && a.id < b.id);
}

/** @param {Trade} trade */
function name({ id, timeMicros }) {
  return `${timeMicros} ${id}`;
}
