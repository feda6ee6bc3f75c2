// @ts-check
import { channelOf, isGrouped, laneOf } from './lane.js';

/** Channels that not every gateway has. */
const YOUNG = new Set(['ticker']);
/** What `/v1/sse` takes beside channel and symbol. */
const PARAMETERS = ['depth', 'group', 'interval', 'intervalMillis'];

/**
 * Which requests give all that is subscribed. A browser opens only six to one place, so that channels of one instrument at
 * one pace share one, and instruments that are wanted alike as well.
 */
export class EventPlan {
  /** @type {Map<string, Map<string, Record<string, any>>>} symbol to lane to parameters */
  #wanted = new Map();
  /** @type {Map<string, string>} version of a book at the time of its subscription, by lane and symbol */
  #held = new Map();

  /** @param {Record<string, any>} command @param {string[]} known symbols */
  add({ channel, symbols, resume = {}, ...more }, known) {
    const lane = laneOf(channel, more);
    const parameters = Object.fromEntries(PARAMETERS.filter((name) => name in more).map((name) => [name, more[name]]));
    for (const symbol of symbols) {
      const channels = this.#wanted.get(symbol) ?? new Map();
      this.#wanted.set(symbol, channels.set(lane, parameters));
    }
    if (channel === 'book') for (const symbol of known) this.#held.set(`${lane} ${symbol}`, resume[symbol] ?? '');
  }

  /** @param {Record<string, any>} command */
  remove(command) {
    for (const symbol of command.symbols) {
      const channels = this.#wanted.get(symbol);
      for (const lane of channels?.keys() ?? []) if (isNamed(lane, command)) channels?.delete(lane);
      if (channels?.size === 0) this.#wanted.delete(symbol);
    }
  }

  /** @returns {Map<string, string>} query to the id of the last event had, or an empty one */
  queries() {
    /** @type {Map<string, string[]>} */
    const alike = new Map();
    for (const [symbol, channels] of this.#wanted) {
      for (const way of ways(channels)) alike.set(way, [...(alike.get(way) ?? []), symbol]);
    }
    const queries = new Map();
    for (const [way, symbols] of alike) {
      const [only] = symbols;
      const one = symbols.length === 1 && hasBook(way) ? (this.#held.get(`${bookLane(way)} ${only}`) ?? '') : '';
      queries.set(`${way}&${symbols.map((symbol) => `symbol=${encodeURIComponent(symbol)}`).join('&')}`, one);
    }
    return queries;
  }

  /** @param {Record<string, any>} command @returns {string[]} the queries that have a book it names; none is resumed again */
  queriesOf(command) {
    const names = ['*', ...command.symbols].map((symbol) => `symbol=${encodeURIComponent(symbol)}`);
    const queries = [...this.queries().keys()].filter((query) => {
      const parts = query.split('&');
      return hasBook(query) && isNamed(bookLane(query), command) && names.some((name) => parts.includes(name));
    });
    for (const query of queries) {
      for (const symbol of command.symbols) this.#held.delete(`${bookLane(query)} ${symbol}`);
    }
    return queries;
  }
}

/** @param {string} lane @param {Record<string, any>} command @returns {boolean} whether what it ends, or repairs, is there */
function isNamed(lane, { channel, ...terms }) {
  return terms.group ? lane === laneOf(channel, terms) : channelOf(lane) === channel;
}

/** @param {string} query */
function hasBook(query) {
  return query.split('&').includes('channel=book');
}

/** @param {string} query with a book */
function bookLane(query) {
  const terms = new URLSearchParams(query);
  return laneOf('book', { depth: Number(terms.get('depth')), group: terms.get('group') ?? 1 });
}

/** @param {Map<string, Record<string, any>>} channels @returns {string[]} queries without symbols, one a pace */
function ways(channels) {
  /** @type {Map<string, [string, Record<string, any>][]>} */
  const byPace = new Map();
  for (const [lane, parameters] of [...channels].sort()) {
    // What an older gateway does not have would spoil the request of the others; and one request has one book.
    const isAlone = YOUNG.has(lane) || isGrouped(lane);
    const pace = isAlone ? lane : String(parameters.intervalMillis ?? 0);
    byPace.set(pace, [...(byPace.get(pace) ?? []), [channelOf(lane), parameters]]);
  }
  return [...byPace.values()].map((entries) => {
    const query = new URLSearchParams(entries.map(([channel]) => ['channel', channel]));
    for (const [, parameters] of entries) {
      for (const [name, value] of Object.entries(parameters)) query.set(name, String(value));
    }
    return query.toString();
  });
}
