// @ts-check
import { channelOf, isGrouped, laneOf, termsOf } from './lane.js';
import { TokenBucket } from './token-bucket.js';

/**
 * @typedef {'book'|'bbo'|'trades'|'candles'|'ticker'} Channel
 * @typedef {import('./lane.js').Lane} Lane
 * @typedef {{depth?: number, group?: number|string, intervalMillis?: number, interval?: Interval}} Parameters `group` gathers
 *     the prices of a book to multiples of so many ticks
 * @typedef {'1s'|'1m'|'5m'|'15m'|'1h'|'4h'|'1d'} Interval of candles; an older gateway has 1s, 1m, 5m and 1h
 * @typedef {{lane: Lane, symbol: string, parameters: string}} Subscription `parameters` as JSON text
 * @typedef {{op: 'subscribe'|'unsubscribe'|'resync', lane: Lane, entries: Subscription[], more: object}} Plan
 *
 * @typedef {object} Host
 * @property {(text: string) => boolean} send
 * @property {(symbol: string, depth: number, lane: Lane) => string|null} heldVersion of a book to that depth,
 *     `epoch:sequence`
 * @property {(lane: Lane) => string[]} heldSymbols of books
 * @property {(lane: Lane, symbol: string) => void} onReleased an unsubscribe has gone out
 */

/** The server takes 10 a second with a burst of 20; some room is left for commands that the network bunches up. */
const COMMAND_PERIOD_MILLIS = 125;
const COMMAND_BURST = 15;
const SYMBOLS_PER_COMMAND = 100;
/** The server takes frames of 4 KiB. */
const SYMBOL_BYTES_PER_COMMAND = 3_500;
/** A symbol in `resume`: quotes, colons, commas, two numbers of up to 16 digits. */
const RESUME_BYTES = 48;
/** Refused for now, not for good: asked again on the next connection. */
const PASSING_ERRORS = new Set(['rate-limited']);

/**
 * What the owner wants and what the server was told; the difference goes out as commands, as fast as the server takes
 * them. A wish that is withdrawn before its turn costs nothing.
 */
export class Subscriptions {
  /** @type {Map<string, Subscription>} */
  #wanted = new Map();
  /** @type {Map<string, Subscription>} */
  #told = new Map();
  /** @type {Map<number, Subscription[]>} subscribe commands without an answer yet */
  #unanswered = new Map();
  /** @type {Map<string, {lane: Lane, symbol: string, why: string}>} */
  #resyncs = new Map();
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;
  #open = false;
  #nextId = 1;

  /** @param {Host} host */
  constructor(host) {
    this.host = host;
    this.bucket = new TokenBucket(COMMAND_PERIOD_MILLIS, COMMAND_BURST, performance.now());
  }

  /** @param {Channel} channel @param {string[]} symbols @param {Parameters} parameters */
  want(channel, symbols, parameters) {
    const lane = laneOf(channel, parameters);
    const { group, ...others } = parameters;
    const text = JSON.stringify(isGrouped(lane) ? { ...others, group: String(group) } : others);
    for (const symbol of symbols) this.#wanted.set(key(lane, symbol), { lane, symbol, parameters: text });
    this.#schedule(0);
  }

  /** @param {Lane} lane @param {string[]} symbols */
  release(lane, symbols) {
    for (const symbol of symbols) this.#wanted.delete(key(lane, symbol));
    this.#schedule(0);
  }

  /** @param {Lane} lane @param {string} symbol @returns {boolean} whether the server was told to send it */
  covers(lane, symbol) {
    return this.#told.has(key(lane, symbol)) || this.#told.has(key(lane, '*'));
  }

  /** @param {Lane} lane @param {string} symbol @returns {boolean} whether it is asked for by its own name */
  wants(lane, symbol) {
    return this.#wanted.has(key(lane, symbol));
  }

  /** The server ended it. @param {Lane} lane @param {string[]} symbols */
  ended(lane, symbols) {
    for (const symbol of symbols) {
      this.#wanted.delete(key(lane, symbol));
      this.#told.delete(key(lane, symbol));
    }
  }

  /** @param {Channel} channel @param {{depth?: number, group?: string}} terms none for all @returns {Lane[]} what is followed of it */
  lanes(channel, terms) {
    if (terms.group) return [laneOf(channel, terms)];
    const lanes = [...this.#wanted.values(), ...this.#told.values()].map(({ lane }) => lane);
    return [...new Set([channel, ...lanes])].filter((lane) => channelOf(lane) === channel);
  }

  /** @param {string} symbol of a book @param {string} why @param {Lane} [lane] */
  resync(symbol, why, lane = 'book') {
    this.#resyncs.set(key(lane, symbol), { lane, symbol, why });
    this.#schedule(0);
  }

  /** A new connection: it knows of nothing. */
  opened() {
    this.closed();
    this.#open = true;
    this.bucket.refill(performance.now());
    this.#pump();
  }

  closed() {
    this.#open = false;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#told.clear();
    this.#unanswered.clear();
    this.#resyncs.clear();
  }

  /** @param {number} id of the answered command */
  accepted(id) {
    this.#unanswered.delete(id);
  }

  /**
   * What was refused is wanted no longer, or every new connection would ask for it again.
   *
   * @param {number} id @param {string} code @param {string|undefined} symbol none: all of the command
   * @returns {Subscription[]} what is given up
   */
  refused(id, code, symbol) {
    const entries = this.#unanswered.get(id) ?? [];
    if (PASSING_ERRORS.has(code)) return [];
    const refused = entries.filter((entry) => symbol === undefined || symbol === entry.symbol);
    for (const entry of refused) {
      const name = key(entry.lane, entry.symbol);
      if (this.#wanted.get(name) === entry) this.#wanted.delete(name);
      if (this.#told.get(name) === entry) this.#told.delete(name);
    }
    return refused;
  }

  /** Never at once: what is asked in one turn travels in few commands. @param {number} millis */
  #schedule(millis) {
    if (!this.#open || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => this.#pump(), millis);
  }

  #pump() {
    this.#timer = undefined;
    for (let plan = this.#nextPlan(); this.#open && plan; plan = this.#nextPlan()) {
      const waitMillis = this.bucket.take(performance.now());
      if (waitMillis > 0) {
        this.#schedule(waitMillis);
        return;
      }
      this.#execute(plan);
    }
  }

  /** @returns {Plan|null} the next command: repairs first, then what somebody waits for, then what nobody wants */
  #nextPlan() {
    return this.#planResync() ?? this.#planSubscribe() ?? this.#planUnsubscribe();
  }

  /** @returns {Plan|null} */
  #planResync() {
    const [first] = this.#resyncs.values();
    if (first === undefined) return null;
    const { lane, why } = first;
    const entries = [...this.#resyncs.values()]
      .filter((each) => each.lane === lane && each.why === why)
      .map(({ symbol }) => ({ lane, symbol, parameters: '' }));
    return { op: 'resync', lane, entries: chunk(entries), more: { ...this.#terms(lane), why } };
  }

  /** @returns {Plan|null} */
  #planUnsubscribe() {
    const gone = [...this.#told].filter(([name]) => !this.#wanted.has(name)).map(([, entry]) => entry);
    if (gone.length === 0) return null;
    const { lane } = gone[0];
    const entries = chunk(gone.filter((entry) => entry.lane === lane));
    return { op: 'unsubscribe', lane, entries, more: this.#terms(lane) };
  }

  /** @param {Lane} lane */
  #terms(lane) {
    return termsOf(
      lane,
      [...this.#told.values()].some((entry) => isGrouped(entry.lane)),
    );
  }

  /** @returns {Plan|null} */
  #planSubscribe() {
    const fresh = [...this.#wanted]
      .filter(([name, entry]) => this.#told.get(name)?.parameters !== entry.parameters)
      .map(([, entry]) => entry);
    if (fresh.length === 0) return null;
    const { lane, parameters } = fresh.find(({ symbol }) => symbol === '*') ?? fresh[0];
    const alike = fresh.filter((entry) => entry.lane === lane && entry.parameters === parameters);
    return { op: 'subscribe', lane, entries: chunk(alike), more: JSON.parse(parameters) };
  }

  /** @param {Plan} plan */
  #execute({ op, lane, entries, more }) {
    const id = this.#nextId++;
    const channel = channelOf(lane);
    const symbols = entries.map((entry) => entry.symbol);
    const resume = op === 'subscribe' && channel === 'book' ? this.#resume(entries) : undefined;
    this.#open = this.host.send(JSON.stringify({ op, id, channel, symbols, ...more, resume }));
    if (!this.#open) return;
    if (op === 'subscribe') this.#unanswered.set(id, entries);
    for (const entry of entries) this.#sent(op, entry);
  }

  /** @param {Plan['op']} op @param {Subscription} entry */
  #sent(op, entry) {
    const name = key(entry.lane, entry.symbol);
    if (op !== 'resync' && entry.symbol === '*') this.#forgetOnes(entry.lane);
    if (op === 'resync') {
      this.#resyncs.delete(name);
    } else if (op === 'subscribe') {
      this.#told.set(name, entry);
    } else {
      this.#told.delete(name);
      this.host.onReleased(entry.lane, entry.symbol);
    }
  }

  /** A command about all has changed each single one of them as well. @param {Lane} lane */
  #forgetOnes(lane) {
    for (const [name, entry] of this.#told)
      if (entry.lane === lane && entry.symbol !== '*') this.#told.delete(name);
  }

  /**
   * Only what this connection has not been told yet is resumed: a change of depth starts from a snapshot. So does what
   * no longer fits the command.
   *
   * @param {Subscription[]} entries @returns {Record<string, string>|undefined}
   */
  #resume(entries) {
    /** @type {Record<string, string>} */
    const versions = {};
    let bytes = 0;
    for (const { lane, symbol, parameters } of entries) {
      if (this.#told.has(key(lane, symbol))) continue;
      const { depth } = JSON.parse(parameters);
      for (const name of symbol === '*' ? this.host.heldSymbols(lane) : [symbol]) {
        const version = this.host.heldVersion(name, depth, lane);
        bytes += symbolBytes(name);
        if (version && bytes <= SYMBOL_BYTES_PER_COMMAND) versions[name] = version;
      }
    }
    return Object.keys(versions).length > 0 ? versions : undefined;
  }
}

/** @param {Lane} lane @param {string} symbol */
function key(lane, symbol) {
  return `${lane} ${symbol}`;
}

/** @param {Subscription[]} entries @returns {Subscription[]} as many of the first as one command holds */
function chunk(entries) {
  let bytes = 0;
  let count = 0;
  while (count < entries.length && count < SYMBOLS_PER_COMMAND) {
    bytes += symbolBytes(entries[count].symbol);
    if (count > 0 && bytes > SYMBOL_BYTES_PER_COMMAND) break;
    count++;
  }
  return entries.slice(0, count);
}

/** @param {string} symbol named in `symbols` and in `resume` */
function symbolBytes(symbol) {
  return 2 * new TextEncoder().encode(symbol).length + RESUME_BYTES;
}
