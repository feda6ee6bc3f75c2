// @ts-check
import { DepthcastError } from './errors.js';

/**
 * @typedef {import('./market-subscription.js').MarketSubscription<any>} MarketSubscription
 * @typedef {import('./subscriptions.js').Channel} Channel
 */

/** Brings what comes to the subscriptions that it is for. */
export class Router {
  /** @type {Map<string, Set<MarketSubscription>>} by channel and symbol */
  #places = new Map();

  /** @param {MarketSubscription} subscription */
  enroll(subscription) {
    const place = name(subscription.channel, subscription.symbol);
    this.#places.set(place, (this.#places.get(place) ?? new Set()).add(subscription));
  }

  /** @param {MarketSubscription} subscription */
  dismiss(subscription) {
    const place = name(subscription.channel, subscription.symbol);
    const there = this.#places.get(place);
    there?.delete(subscription);
    if (there?.size === 0) this.#places.delete(place);
  }

  /** @param {Channel} channel @param {string} symbol @param {any} message */
  deliver(channel, symbol, message) {
    for (const subscription of this.#at(channel, symbol)) subscription.receive(message);
    for (const subscription of this.#at(channel, '*')) subscription.receive(message);
  }

  /** @param {Record<string, any>} control `subscribed` */
  accepted(control) {
    for (const symbol of Object.keys(control.symbols ?? {})) {
      for (const subscription of this.#at(control.channel, symbol)) subscription.accepted(control);
    }
  }

  /** @param {string} symbol @param {string} status */
  changeStatus(symbol, status) {
    for (const there of this.#places.values()) {
      for (const subscription of there) if (subscription.symbol === symbol) subscription.emit('status', status);
    }
  }

  /** What is held of it was counted in other steps. @param {string} symbol */
  restart(symbol) {
    for (const there of this.#places.values()) {
      for (const subscription of there) if ([symbol, '*'].includes(subscription.symbol)) subscription.restart(symbol);
    }
  }

  /** @param {Channel} channel @param {string} symbol @param {string} code @param {string} reason */
  fail(channel, symbol, code, reason) {
    const error = new DepthcastError(code, reason, { symbol, terminal: true });
    for (const subscription of [...this.#at(channel, symbol)]) subscription.fail(error);
  }

  /** All of them end. */
  close() {
    for (const there of [...this.#places.values()]) for (const subscription of [...there]) subscription.close();
  }

  /** @param {Channel} channel @param {string} symbol @returns {Iterable<MarketSubscription>} */
  #at(channel, symbol) {
    return this.#places.get(name(channel, symbol)) ?? [];
  }
}

/** @param {Channel} channel @param {string} symbol */
function name(channel, symbol) {
  return `${channel} ${symbol}`;
}
