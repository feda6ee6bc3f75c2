// @ts-check
import { DepthcastError } from './errors.js';
import { laneOf } from './lane.js';

/**
 * @typedef {import('./market-subscription.js').MarketSubscription<any>} MarketSubscription
 * @typedef {import('./lane.js').Lane} Lane
 */

/** Brings what comes to the subscriptions that it is for. */
export class Router {
  /** @type {Map<string, Set<MarketSubscription>>} by lane and symbol */
  #lanes = new Map();
  /** @type {DepthcastError|null} */
  #hopeless = null;

  /** @param {MarketSubscription} subscription */
  enroll(subscription) {
    const lane = name(subscription.lane, subscription.symbol);
    this.#lanes.set(lane, (this.#lanes.get(lane) ?? new Set()).add(subscription));
    if (this.#hopeless) subscription.giveUp(this.#hopeless);
  }

  /** @param {MarketSubscription} subscription */
  dismiss(subscription) {
    const lane = name(subscription.lane, subscription.symbol);
    const there = this.#lanes.get(lane);
    there?.delete(subscription);
    if (there?.size === 0) this.#lanes.delete(lane);
  }

  /** @param {Lane} lane @param {string} symbol @param {any} message */
  deliver(lane, symbol, message) {
    for (const subscription of this.#at(lane, symbol)) subscription.receive(message);
    for (const subscription of this.#at(lane, '*')) subscription.receive(message);
  }

  /** @param {Record<string, any>} control `subscribed` */
  accepted(control) {
    for (const symbol of Object.keys(control.symbols ?? {})) {
      for (const subscription of this.#at(laneOf(control.channel, control), symbol)) subscription.accepted(control);
    }
  }

  /** @param {string} symbol @param {string} status */
  changeStatus(symbol, status) {
    for (const there of this.#lanes.values()) {
      for (const subscription of there) if (subscription.symbol === symbol) subscription.emit('status', status);
    }
  }

  /** What is held of it was counted in other steps. @param {string} symbol */
  restart(symbol) {
    for (const there of this.#lanes.values()) {
      for (const subscription of there) if ([symbol, '*'].includes(subscription.symbol)) subscription.restart(symbol);
    }
  }

  /** @param {Lane} lane @param {string} symbol @param {string} code @param {string} reason */
  fail(lane, symbol, code, reason) {
    const error = new DepthcastError(code, reason, { symbol, terminal: true });
    for (const subscription of [...this.#at(lane, symbol)]) subscription.fail(error);
  }

  /** Nothing will come for any of them, or something may again. @param {DepthcastError|null} error why the client has given up */
  giveUp(error) {
    this.#hopeless = error;
    for (const there of this.#lanes.values()) for (const subscription of there) subscription.giveUp(error);
  }

  /** All of them end. */
  close() {
    for (const there of [...this.#lanes.values()]) for (const subscription of [...there]) subscription.close();
  }

  /** @param {Lane} lane @param {string} symbol @returns {Iterable<MarketSubscription>} */
  #at(lane, symbol) {
    return this.#lanes.get(name(lane, symbol)) ?? [];
  }
}

/** @param {Lane} lane @param {string} symbol */
function name(lane, symbol) {
  return `${lane} ${symbol}`;
}
