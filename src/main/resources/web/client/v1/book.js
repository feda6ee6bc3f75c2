// @ts-check
import { crc32 } from './crc32.js';
import { laneOf } from './lane.js';
import { BookSide } from './side.js';

/**
 * @typedef {import('./sbe.js').BookMessage} BookMessage
 * @typedef {import('./sbe.js').Instrument} Instrument
 * @typedef {import('./sbe.js').Levels} Levels
 *
 * What became of a message:
 * - `applied`: the book is the server's at `version`;
 * - `waiting`: a delta while the book waits for its snapshot; it was ignored;
 * - `gap`: the delta does not follow this version; it was ignored, ask for a resync;
 * - `checksum`: the levels differ from the server's; ask for a resync.
 * After the last two the book waits for a snapshot.
 * @typedef {'applied'|'waiting'|'gap'|'checksum'} Outcome
 */

const CHECKSUM_LEVELS = 10;
const LEVEL_BYTES = 16;
const scratch = new DataView(new ArrayBuffer(2 * CHECKSUM_LEVELS * LEVEL_BYTES));
const scratchBytes = new Uint8Array(scratch.buffer);

/** A book that is proved at every step: by the version it continues and by the checksum of its best levels. */
export class Book {
  /** Levels a side that the next snapshot has. */
  #nextDepth = 0;

  /** @param {Instrument} instrument @param {{depth?: number, group?: number|string}} [terms] of a book whose prices are gathered */
  constructor(instrument, terms = {}) {
    this.instrument = instrument;
    /** What it is told apart by from other books of its symbol. */
    this.lane = laneOf('book', terms);
    /** Levels a side that are held; 0 before the server has said so. */
    this.depth = 0;
    /** Ticks to which its prices are gathered. */
    this.group = Number(terms.group ?? 1);
    this.epoch = 0;
    this.sequence = 0;
    /** When the last included event happened, microseconds since 1970. */
    this.timeMicros = 0;
    /** When the server made the last message, microseconds since 1970. */
    this.sentMicros = 0;
    /** Whether the levels are those of `version`. */
    this.proved = false;
    /** Whether deltas are passed over, because only a snapshot will do. */
    this.waiting = true;
    this.bids = new BookSide(true);
    this.asks = new BookSide(false);
    if (this.group > 1) this.deepen(terms.depth ?? 0);
  }

  get symbol() {
    return this.instrument.symbol;
  }

  /** As `resume` and `since` want it. */
  get version() {
    return `${this.epoch}:${this.sequence}`;
  }

  /** From here on only a snapshot will do, and what is held is not as it should be. */
  awaitSnapshot() {
    this.proved = false;
    this.waiting = true;
  }

  /** A snapshot to another depth is on its way; until it is here, what is held stays as good as it is. @param {number} depth */
  deepen(depth) {
    if (depth !== this.depth) this.waiting = true;
    if (this.waiting) this.#nextDepth = depth;
  }

  /** What it holds means nothing any longer. */
  restart() {
    this.bids.clear();
    this.asks.clear();
    this.epoch = 0;
    this.sequence = 0;
    this.awaitSnapshot();
  }

  /** @param {BookMessage} message @returns {Outcome} */
  apply(message) {
    const snapshot = message.type === 'snapshot';
    if (!snapshot && this.waiting) return 'waiting';
    if (!snapshot && (message.epoch !== this.epoch || message.previous !== this.sequence)) {
      this.awaitSnapshot();
      return 'gap';
    }
    if (snapshot) this.#startFrom();
    change(this.bids, message.bids);
    change(this.asks, message.asks);
    this.epoch = message.epoch;
    this.sequence = message.sequence;
    this.timeMicros = message.timeMicros;
    this.sentMicros = message.sentMicros;
    this.proved = this.checksum() === message.checksum;
    this.waiting = !this.proved;
    return this.proved ? 'applied' : 'checksum';
  }

  #startFrom() {
    this.bids.clear();
    this.asks.clear();
    this.depth = this.#nextDepth;
  }

  /** CRC-32 over the best 10 asks, then bids, each as two little-endian int64: price in ticks, size in lots. */
  checksum() {
    const end = writeBest(this.bids, writeBest(this.asks, 0));
    return crc32(scratchBytes, end);
  }
}

/** @param {BookSide} side @param {Levels} levels */
function change(side, levels) {
  const { priceTicks, sizeLots } = levels;
  for (let i = 0; i < priceTicks.length; i++) side.set(priceTicks[i], sizeLots[i]);
}

/** @param {BookSide} side @param {number} from @returns {number} the end of what was written */
function writeBest(side, from) {
  let at = from;
  for (let i = 0; i < side.length && i < CHECKSUM_LEVELS; i++, at += LEVEL_BYTES) {
    writeInt64(at, side.priceTicks[i]);
    writeInt64(at + 8, side.sizeLots[i]);
  }
  return at;
}

/** @param {number} at @param {number} value an integer within 2^53 */
function writeInt64(at, value) {
  scratch.setUint32(at, value, true);
  scratch.setInt32(at + 4, Math.floor(value / 0x100000000), true);
}
