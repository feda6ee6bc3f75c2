// @ts-check
import { channelOf, laneOf } from './lane.js';

/**
 * @typedef {import('./lane.js').Lane} Lane
 * @typedef {import('./subscriptions.js').Channel} Channel
 * @typedef {import('./subscriptions.js').Parameters} Parameters
 * @typedef {import('./subscriptions.js').Subscriptions} Subscriptions
 *
 * One owner's wish; it holds until it is dropped.
 * @typedef {{channel: Channel, lane: Lane, symbol: string, parameters: Parameters}} Wish
 */

/** What the server takes; between them the next larger. */
export const WIRE_DEPTHS = [10, 25, 100, 500];

/**
 * Counts who wants what. A connection has one stream a lane and instrument, so wishes for the same become one: as deep
 * as the deepest, as fast as the fastest. Each owner narrows what comes down to what it asked for.
 */
export class Demand {
  /** @type {Map<Lane, Map<string, Set<Wish>>>} */
  #wishes = new Map();
  #floorMillis = 0;
  #subscriptions;

  /** @param {Subscriptions} subscriptions */
  constructor(subscriptions) {
    this.#subscriptions = subscriptions;
  }

  /** Nothing comes faster than that, whoever wishes it. */
  get floorMillis() {
    return this.#floorMillis;
  }

  set floorMillis(millis) {
    if (millis === this.#floorMillis) return;
    this.#floorMillis = millis;
    for (const [lane, symbols] of this.#wishes) for (const symbol of symbols.keys()) this.#tell(lane, symbol);
  }

  /** @param {Channel} channel @param {string} symbol `'*'` for all @param {Parameters} parameters @returns {Wish} */
  add(channel, symbol, parameters) {
    const wish = { channel, lane: laneOf(channel, parameters), symbol, parameters };
    this.#hold(wish);
    return wish;
  }

  /** @param {Wish} wish */
  #hold(wish) {
    const { lane, symbol } = wish;
    const symbols = this.#wishes.get(lane) ?? new Map();
    this.#wishes.set(lane, symbols.set(symbol, (symbols.get(symbol) ?? new Set()).add(wish)));
    this.#tell(lane, symbol);
  }

  /** @param {Wish} wish @param {Parameters} parameters in place of its own */
  change(wish, parameters) {
    const lane = laneOf(wish.channel, parameters);
    if (lane !== wish.lane) this.drop(wish);
    Object.assign(wish, { lane, parameters });
    this.#hold(wish);
  }

  /** @param {Wish} wish that no longer holds */
  drop(wish) {
    const { lane, symbol } = wish;
    const symbols = this.#wishes.get(lane);
    const wishes = symbols?.get(symbol);
    if (!symbols || !wishes?.delete(wish)) return;
    if (wishes.size === 0) symbols.delete(symbol);
    this.#tell(lane, symbol);
  }

  /** The server refused, or ended, all wishes for it. @param {Lane} lane @param {string} symbol */
  forget(lane, symbol) {
    this.#wishes.get(lane)?.delete(symbol);
  }

  /** @param {Wish} wish @returns {boolean} whether the one stream of candles there can be is of its interval */
  isCarried({ lane, symbol, parameters }) {
    return this.#merged(lane, symbol)?.interval === parameters.interval;
  }

  /** @param {Lane} lane @param {string} symbol */
  #tell(lane, symbol) {
    const merged = this.#merged(lane, symbol);
    if (merged) this.#subscriptions.want(channelOf(lane), [symbol], merged);
    else this.#subscriptions.release(lane, [symbol]);
    if (symbol !== '*') return;
    // What is wanted of one instrument takes in what is wanted of all.
    for (const name of this.#wishes.get(lane)?.keys() ?? []) if (name !== '*') this.#tell(lane, name);
  }

  /** @param {Lane} lane @param {string} symbol @returns {Parameters|null} null if nobody wants it */
  #merged(lane, symbol) {
    const symbols = this.#wishes.get(lane);
    const own = [...(symbols?.get(symbol) ?? [])];
    const everybody = symbol === '*' ? [] : [...(symbols?.get('*') ?? [])];
    const isTold = own.length > 0 || (everybody.length > 0 && this.#subscriptions.wants(lane, symbol));
    if (!isTold) return null;
    return merge([...own, ...everybody], this.#floorMillis);
  }
}

/** @param {Wish[]} wishes @param {number} floorMillis @returns {Parameters} */
function merge(wishes, floorMillis) {
  const [{ interval, group }] = wishes.map(({ parameters }) => parameters);
  const depths = wishes.flatMap(({ parameters: { depth } }) => depth ?? []);
  const paces = wishes.map(({ parameters: { intervalMillis } }) => intervalMillis);
  const intervalMillis = paces.includes(undefined) ? undefined : Math.min(...paces.map(Number));
  return {
    ...(depths.length > 0 && { depth: Math.max(...depths) }),
    ...(group && { group }),
    ...(interval && { interval }),
    ...((intervalMillis !== undefined || floorMillis > 0) && {
      intervalMillis: Math.max(intervalMillis ?? 0, floorMillis),
    }),
  };
}

/** @param {number} levels wanted @returns {number} the least depth of the server's that has them */
export function wireDepth(levels) {
  return WIRE_DEPTHS.find((depth) => depth >= levels) ?? levels;
}
