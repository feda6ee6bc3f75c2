// @ts-check

/** Channels that not every gateway has. */
const YOUNG = new Set(['ticker']);
/** What `/v1/sse` takes beside channel and symbol. */
const PARAMETERS = ['depth', 'group', 'interval', 'intervalMillis'];

/**
 * Which requests give all that is subscribed. A browser opens only six to one place, so that channels of one instrument at
 * one pace share one, and instruments that are wanted alike as well.
 */
export class EventPlan {
  /** @type {Map<string, Map<string, Record<string, any>>>} symbol to channel to parameters */
  #wanted = new Map();
  /** @type {Map<string, string>} version of a book at the time of its subscription, by symbol */
  #held = new Map();

  /** @param {Record<string, any>} command @param {string[]} known symbols */
  add({ channel, symbols, resume = {}, ...more }, known) {
    const parameters = Object.fromEntries(PARAMETERS.filter((name) => name in more).map((name) => [name, more[name]]));
    for (const symbol of symbols) {
      const channels = this.#wanted.get(symbol) ?? new Map();
      this.#wanted.set(symbol, channels.set(channel, parameters));
    }
    if (channel === 'book') for (const symbol of known) this.#held.set(symbol, resume[symbol] ?? '');
  }

  /** @param {Record<string, any>} command */
  remove({ channel, symbols }) {
    for (const symbol of symbols) {
      const channels = this.#wanted.get(symbol);
      channels?.delete(channel);
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
      const one = symbols.length === 1 && way.includes('channel=book') ? (this.#held.get(only) ?? '') : '';
      queries.set(`${way}&${symbols.map((symbol) => `symbol=${encodeURIComponent(symbol)}`).join('&')}`, one);
    }
    return queries;
  }

  /** @param {string[]} symbols @returns {string[]} the queries that have a book of one of them; none is resumed again */
  queriesOf(symbols) {
    const names = symbols.map((symbol) => `symbol=${encodeURIComponent(symbol)}`);
    for (const symbol of symbols) this.#held.delete(symbol);
    return [...this.queries().keys()].filter((query) => {
      const parts = query.split('&');
      return parts.includes('channel=book') && names.some((name) => parts.includes(name) || parts.includes('symbol=*'));
    });
  }
}

/** @param {Map<string, Record<string, any>>} channels @returns {string[]} queries without symbols, one a pace */
function ways(channels) {
  /** @type {Map<string, [string, Record<string, any>][]>} */
  const byPace = new Map();
  for (const [channel, parameters] of [...channels].sort()) {
    // What an older gateway does not have would spoil the request of the others.
    const pace = YOUNG.has(channel) ? `${channel}` : String(parameters.intervalMillis ?? 0);
    byPace.set(pace, [...(byPace.get(pace) ?? []), [channel, parameters]]);
  }
  return [...byPace.values()].map((entries) => {
    const query = new URLSearchParams(entries.map(([channel]) => ['channel', channel]));
    for (const [, parameters] of entries) {
      for (const [name, value] of Object.entries(parameters)) query.set(name, String(value));
    }
    return query.toString();
  });
}
