// @ts-check
import { MarketSubscription } from './market-subscription.js';

/**
 * @typedef {import('./market-subscription.js').Owner} Owner
 * @typedef {import('./market-subscription.js').CommonOptions} CommonOptions
 */

/**
 * The newest word on one instrument or, with `'*'`, on each: best bid and offer, or the ticker.
 *
 * @template {{symbol: string}} Message
 * @extends {MarketSubscription<Message>}
 */
export class LatestSubscription extends MarketSubscription {
  /** @type {Map<string, Message>} by symbol */
  all = new Map();
  /** @type {Message|undefined} */
  #newest;

  /** @param {Owner} owner @param {'bbo'|'ticker'} channel @param {string} symbol @param {CommonOptions} [options] */
  constructor(owner, channel, symbol, options = {}) {
    super(owner, channel, symbol, options);
    this.begin({ intervalMillis: this.intervalMillis });
  }

  /** @returns {Message|undefined} that of the instrument, where it is one */
  get latest() {
    return this.all.get(this.symbol);
  }

  /** @override @param {Message} message */
  receive(message) {
    this.all.set(message.symbol, message);
    this.#newest = message;
    this.changed(message);
  }

  /** @override @param {string} symbol */
  restart(symbol) {
    this.all.delete(symbol);
  }

  /** @protected @override */
  item() {
    return /** @type {Message} */ (this.#newest);
  }
}
