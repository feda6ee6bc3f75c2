// @ts-check
import { wireDepth } from './demand.js';
import { GROUPS, gather } from './grouping.js';
import { LevelList } from './levels.js';
import { MarketSubscription } from './market-subscription.js';
import { laneOf } from './lane.js';

/**
 * @typedef {import('./book.js').Book} Book
 * @typedef {import('./side.js').BookSide} BookSide
 * @typedef {import('./levels.js').Level} Level
 * @typedef {import('./market-subscription.js').Owner} Owner
 * @typedef {import('./market-subscription.js').CommonOptions} CommonOptions
 * @typedef {CommonOptions & {depth?: number, group?: number}} BookOptions `depth` is levels a side, up to 500; `group`
 *     gathers prices to multiples of so many ticks
 * @typedef {{bids: LevelList, asks: LevelList}} Sides
 */

const DEFAULT_DEPTH = 25;
const DEEPEST = 500;

/**
 * The order book of one instrument, proved by version and checksum at every step: it is the gateway's book, or `proved` is
 * false and a new one is on its way.
 *
 * @extends {MarketSubscription<BookSubscription>}
 */
export class BookSubscription extends MarketSubscription {
  #depth = DEFAULT_DEPTH;
  #group = 1;
  /** What is shown until the book that is asked for instead is there. @type {Book|undefined} */
  #before;
  /** @type {(Sides & {of: string})|null} made when they are asked for */
  #sides = null;

  /** @param {Owner} owner @param {string} symbol @param {BookOptions} [options] */
  constructor(owner, symbol, options = {}) {
    super(owner, 'book', symbol, options);
    this.#take(options);
    this.begin(this.#parameters());
  }

  /** Levels a side at most. */
  get depth() {
    return this.#depth;
  }

  /** Ticks that one level takes in. */
  get group() {
    return this.#group;
  }

  /** Asks for another depth, group or interval from now on. @param {{depth?: number, group?: number, intervalMillis?: number}} options */
  change(options) {
    this.owner.dismiss(this);
    this.#before = this.#book;
    this.#take(options);
    if (options.intervalMillis !== undefined) this.intervalMillis = options.intervalMillis;
    if (this.wish && !this.closed) {
      this.owner.enroll(this);
      this.owner.demand.change(this.wish, this.#parameters());
    }
    if (this.#book) this.changed();
  }

  /** Whether the levels are the gateway's at `version`. */
  get proved() {
    return this.#book?.proved ?? false;
  }

  /** `epoch:sequence`, as REST says it too; empty before the first data. */
  get version() {
    return this.#book?.version ?? '';
  }

  /** When the newest event in it happened, microseconds since 1970. */
  get timeMicros() {
    return this.#book?.timeMicros ?? 0;
  }

  /** Highest price first. */
  get bids() {
    return this.#current().bids;
  }

  /** Lowest price first. */
  get asks() {
    return this.#current().asks;
  }

  /** @returns {Level|undefined} the best */
  get bid() {
    return this.bids.at(0);
  }

  /** @returns {Level|undefined} the best */
  get ask() {
    return this.asks.at(0);
  }

  /** Has the gateway send the whole book again, which is never needed: what does not prove is asked for anew by itself. */
  resync() {
    this.owner.resync(this.symbol, 'asked for', this.#parameters());
  }

  /** @override */
  receive() {
    this.changed();
  }

  /** @returns {Book|undefined} what it is a part of */
  get #book() {
    const asked = this.owner.heldBook(this.symbol, this.#parameters());
    if (asked?.proved) this.#before = undefined;
    return this.#before ?? asked;
  }

  /** @param {{depth?: number, group?: number}} options */
  #take({ depth = this.#depth, group = this.#group }) {
    if (!(Number.isInteger(depth) && depth >= 1 && depth <= DEEPEST))
      throw new RangeError(`depth 1 to 500, got ${depth}`);
    if (!(Number.isInteger(group) && group >= 1)) throw new RangeError(`group: ticks, at least 1, got ${group}`);
    this.#depth = depth;
    this.#group = group;
    this.#sides = null;
  }

  /** @override */
  get lane() {
    return laneOf('book', this.#parameters());
  }

  /** A group that the gateway has not is made here, of the deepest book there is. */
  #parameters() {
    const { intervalMillis } = this;
    if (this.#group === 1) return { depth: wireDepth(this.#depth), intervalMillis };
    if (!GROUPS.includes(this.#group)) return { depth: DEEPEST, intervalMillis };
    return { depth: wireDepth(this.#depth), group: this.#group, intervalMillis };
  }

  /** @returns {Sides} */
  #current() {
    const book = this.#book;
    const of = book ? `${book.version} ${book.depth} ${book.group}` : '';
    if (this.#sides?.of !== of) {
      this.#sides = { of, bids: this.#narrow(book, book?.bids), asks: this.#narrow(book, book?.asks) };
    }
    return this.#sides;
  }

  /** @param {Book|undefined} book @param {BookSide|undefined} side @returns {LevelList} */
  #narrow(book, side) {
    if (!book || !side) return new LevelList(new Float64Array(), new Float64Array(), /** @type {any} */ (null));
    // Groups of another size do not become those asked for: they are shown as they are until these are there.
    if (book.group === this.#group || book.group > 1) {
      const [prices, sizes] = [side.priceTicks, side.sizeLots].map((column) => column.subarray(0, this.#depth));
      return new LevelList(prices, sizes, book.instrument);
    }
    const whole = side.length < book.depth;
    const { priceTicks, sizeLots } = gather(side, this.#group, side.descending, this.#depth, whole);
    return new LevelList(priceTicks, sizeLots, book.instrument);
  }
}
