// @ts-check
import { BitCursor } from './compact-bits.js';
import { Cursor, natural, safe } from './compact-cursor.js';
import { crc32 } from './crc32.js';
import { STATUSES } from './sbe.js';

/**
 * Decoder of the subprotocol `depthcast.v1.compact`; `/docs/` has the layout field by field.
 *
 * @typedef {import('./sbe.js').DataMessage} DataMessage
 * @typedef {import('./sbe.js').BookMessage} BookMessage
 * @typedef {import('./sbe.js').Trade} Trade
 * @typedef {import('./sbe.js').Instrument} Instrument
 *
 * The best of one side: the first price, if there is any.
 * @typedef {{length: number, priceTicks: ArrayLike<number>}} Side
 *
 * What a delta changes.
 * @typedef {{epoch: number, sequence: number, bids: Side, asks: Side}} Held
 */

const KINDS = 4;
/** A delta has the low 16 bits of the milliseconds; it was made this much before the last full time at most. */
const SENT_SPAN = 65_536;
const SENT_BEHIND_MILLIS = 5_536;
const MICROS_PER_MILLI = 1_000;
const LEAST_TRADE_BYTES = 4;
const LEAST_INSTRUMENT_BYTES = 7;
const LEAST_VENUE_ID_BYTES = 1;
const FEEDS = /** @type {const} */ (['live', 'stale', 'halted']);
const INTERVAL_SECONDS = [1, 60, 300, 900, 3600, 14_400, 86_400];
/** @type {Side} */
const EMPTY = { length: 0, priceTicks: [] };
/** @type {Held} */
const NOTHING = { epoch: 0, sequence: 0, bids: EMPTY, asks: EMPTY };
const scratch = new DataView(new ArrayBuffer(24));
const scratchBytes = new Uint8Array(scratch.buffer);

/**
 * A delta does not name the version that it continues: it is taken for that of the book held, from whose best prices it
 * tells its own, and if that is wrong, so is the checksum of the message.
 */
export class CompactDecoder {
  #clockMillis = 0;
  /** What the venue calls the trades of the next message. @type {{instrument: number, venueIds: string[]}|null} */
  #named = null;

  /**
   * @param {(instrument: number, depth: number, group: number) => Held|null} held a book of an instrument, asked for at
   *     every delta, with depth 0 where prices are not gathered; null while it waits for a snapshot: then what is read means
   *     nothing, and has epoch and previous 0
   */
  constructor(held) {
    this.held = held;
  }

  /** @param {number} timeMicros the gateway's time, as `welcome` says it */
  clock(timeMicros) {
    this.#clockMillis = Math.floor(timeMicros / MICROS_PER_MILLI);
  }

  /**
   * Reads the messages of one WebSocket frame in order; messages of an unknown type are skipped.
   *
   * @param {ArrayBuffer} buffer
   * @param {(message: DataMessage) => void} onMessage
   * @throws {RangeError} where something ends early or has no meaning
   */
  decode(buffer, onMessage) {
    const cursor = new Cursor(new DataView(buffer), 0, buffer.byteLength);
    this.#named = null;
    do {
      const message = this.#one(cursor);
      if (message) onMessage(message);
    } while (cursor.at < cursor.end);
    if (this.#named) throw new RangeError('names of trades without trades');
  }

  /** @param {Cursor} cursor @returns {DataMessage|null} */
  #one(cursor) {
    const lead = cursor.unsigned();
    const subject = Math.floor(lead / KINDS);
    switch (lead % KINDS) {
      case 0:
        return this.#delta(cursor, known(subject), 0, 1);
      case 1:
        return bestBidOffer(cursor, known(subject));
      case 2:
        return this.#trades(cursor, known(subject));
      default:
        return this.#other(cursor.take(cursor.uint24()), subject);
    }
  }

  /** @param {Cursor} body @param {number} type @returns {DataMessage|null} */
  #other(body, type) {
    switch (type) {
      case 1:
        return this.#snapshot(body, 0, 1);
      case 2:
        return candle(body);
      case 3:
        return this.#heartbeat(body);
      case 4:
        return { type: 'instruments', instruments: instruments(body) };
      case 5:
        return statusOf(body);
      case 6:
        this.#named = { instrument: known(body.unsigned()), venueIds: venueIds(body) };
        return null;
      case 7:
        return ticker(body);
      case 8:
        return this.#grouped(body);
      default:
        return null;
    }
  }

  /** A book whose prices are gathered, and counted in groups of ticks. @param {Cursor} body @returns {BookMessage} */
  #grouped(body) {
    const depth = known(body.unsigned());
    const group = known(body.unsigned());
    const lead = body.unsigned();
    const subject = Math.floor(lead / KINDS);
    if (lead % KINDS === 0) return this.#delta(body, known(subject), depth, group);
    if (lead % KINDS !== KINDS - 1 || subject !== 1) throw new RangeError('neither a delta nor a snapshot');
    return this.#snapshot(body.take(body.uint24()), depth, group);
  }

  /** @param {Cursor} cursor @param {number} instrument @param {number} depth @param {number} group @returns {BookMessage} */
  #delta(cursor, instrument, depth, group) {
    const check = cursor.uint32();
    const sentMillis = this.#sentMillis(cursor.uint16());
    const bits = new BitCursor(cursor);
    const advance = bits.advance();
    const timeMicros = bits.time(sentMillis);
    const held = this.held(instrument, depth, group) ?? NOTHING;
    const { bids, asks } = bits.levels(best(held.bids), best(held.asks), group);
    const { epoch, sequence: previous } = held;
    return {
      type: 'delta',
      instrument,
      depth,
      group,
      checksum: (check ^ proof(epoch, previous, sentMillis)) >>> 0,
      epoch,
      previous,
      sequence: previous + advance,
      timeMicros,
      sentMicros: sentMillis * MICROS_PER_MILLI,
      bids,
      asks,
    };
  }

  /** @param {Cursor} body @param {number} depth @param {number} group @returns {BookMessage} */
  #snapshot(body, depth, group) {
    const instrument = known(body.unsigned());
    const epoch = body.unsigned();
    const sequence = body.unsigned();
    const checksum = body.uint32();
    const sentMillis = body.unsigned();
    const bits = new BitCursor(body);
    const timeMicros = bits.time(sentMillis);
    const { bids, asks } = bits.levels(0, 0, group);
    this.#clockMillis = sentMillis;
    const sentMicros = sentMillis * MICROS_PER_MILLI;
    const version = { checksum, epoch, previous: 0, sequence, timeMicros, sentMicros };
    return { type: 'snapshot', instrument, depth, group, ...version, bids, asks };
  }

  /** @param {Cursor} cursor @param {number} instrument @returns {DataMessage} */
  #trades(cursor, instrument) {
    const missed = cursor.unsigned();
    const all = trades(cursor);
    if (this.#named) {
      name(all, instrument, this.#named);
      this.#named = null;
    }
    return { type: 'trades', instrument, missed, trades: all };
  }

  /** @param {Cursor} body @returns {DataMessage} */
  #heartbeat(body) {
    const timeMicros = body.unsigned();
    const feed = FEEDS[body.uint8()];
    if (!feed) throw new RangeError('a state of the feed that has no meaning');
    this.clock(timeMicros);
    return { type: 'heartbeat', timeMicros, feed };
  }

  /** @param {number} low 16 bits */
  #sentMillis(low) {
    const earliest = Math.max(0, this.#clockMillis - SENT_BEHIND_MILLIS);
    return earliest + ((((low - earliest) % SENT_SPAN) + SENT_SPAN) % SENT_SPAN);
  }
}

/** @param {Cursor} cursor @param {number} instrument @returns {DataMessage} */
function bestBidOffer(cursor, instrument) {
  const sequence = cursor.unsigned();
  const timeMicros = cursor.unsigned();
  const bidPriceTicks = cursor.signed();
  const bidSizeLots = cursor.unsigned();
  const askPriceTicks = safe(bidPriceTicks + cursor.signed());
  const askSizeLots = cursor.unsigned();
  return { type: 'bbo', instrument, sequence, timeMicros, bidPriceTicks, bidSizeLots, askPriceTicks, askSizeLots };
}

/** @param {Cursor} cursor @returns {Trade[]} */
function trades(cursor) {
  /** @type {Trade[]} */
  const trades = new Array(cursor.entries(cursor.unsigned(), LEAST_TRADE_BYTES));
  let nextId = 0;
  let timeMicros = 0;
  let priceTicks = 0;
  for (let i = 0; i < trades.length; i++) {
    const id = natural(nextId + cursor.signed());
    timeMicros = natural(timeMicros + cursor.signed());
    priceTicks = safe(priceTicks + cursor.signed());
    const size = cursor.unsigned();
    trades[i] = { id, timeMicros, priceTicks, sizeLots: Math.floor(size / 2), side: size % 2 === 0 ? 'buy' : 'sell' };
    nextId = id + 1;
  }
  return trades;
}

/** @param {Cursor} body @returns {string[]} of the trades of the next message, empty for none */
function venueIds(body) {
  const count = body.entries(body.unsigned(), LEAST_VENUE_ID_BYTES);
  return Array.from({ length: count }, () => body.text());
}

/** @param {Trade[]} trades @param {number} instrument @param {{instrument: number, venueIds: string[]}} named */
function name(trades, instrument, named) {
  if (named.instrument !== instrument || named.venueIds.length !== trades.length) {
    throw new RangeError('names of other trades');
  }
  named.venueIds.forEach((venueId, i) => {
    if (venueId) trades[i].venueId = venueId;
  });
}

/** @param {Cursor} body @returns {DataMessage} */
function candle(body) {
  const instrument = known(body.unsigned());
  const kind = body.unsigned();
  const intervalSeconds = Math.floor(kind / 2);
  if (!INTERVAL_SECONDS.includes(intervalSeconds)) throw new RangeError(`candles of ${intervalSeconds} s`);
  const startMicros = safe(body.unsigned() * intervalSeconds * 1_000_000);
  const openTicks = body.signed();
  const highTicks = safe(openTicks + body.signed());
  const lowTicks = safe(openTicks + body.signed());
  const closeTicks = safe(openTicks + body.signed());
  const volumeLots = body.unsigned();
  const trades = body.unsigned();
  const closed = kind % 2 === 1;
  const prices = { openTicks, highTicks, lowTicks, closeTicks };
  return { type: 'candle', instrument, intervalSeconds, startMicros, ...prices, volumeLots, trades, closed };
}

/** @param {Cursor} body @returns {DataMessage} */
function statusOf(body) {
  const instrument = known(body.unsigned());
  const timeMicros = body.unsigned();
  return { type: 'status', instrument, timeMicros, status: status(body) };
}

/** @param {Cursor} body */
function status(body) {
  const found = STATUSES[body.uint8()];
  if (!found) throw new RangeError('a status that has no meaning');
  return found;
}

/** @param {Cursor} body @returns {DataMessage} */
function ticker(body) {
  const instrument = known(body.unsigned());
  const timeMicros = body.unsigned();
  const trades = body.unsigned();
  const volumeLots = body.unsigned();
  const lastTicks = body.uint8() === 1 ? body.signed() : null;
  const price = () => (trades > 0 && lastTicks !== null ? safe(lastTicks + body.signed()) : null);
  const [openTicks, highTicks, lowTicks] = [price(), price(), price()];
  const bidPriceTicks = body.signed();
  const bidSizeLots = body.unsigned();
  const askPriceTicks = safe(bidPriceTicks + body.signed());
  const askSizeLots = body.unsigned();
  const traded = { lastTicks, openTicks, highTicks, lowTicks, volumeLots, trades };
  return { type: 'ticker', instrument, ...traded, bidPriceTicks, bidSizeLots, askPriceTicks, askSizeLots, timeMicros };
}

/** @param {Cursor} body @returns {Instrument[]} */
function instruments(body) {
  /** @type {Instrument[]} */
  const instruments = new Array(body.entries(body.unsigned(), LEAST_INSTRUMENT_BYTES));
  for (let i = 0; i < instruments.length; i++) {
    const [id, tick, lot] = [known(body.unsigned()), body.step(), body.step()];
    instruments[i] = { id, symbol: body.text(), tick, lot, status: 'open' };
  }
  // A gateway of the first version says none, and knew of no other than open.
  if (body.end - body.at >= instruments.length) for (const instrument of instruments) instrument.status = status(body);
  return instruments;
}

/** CRC-32 of what a reader must know without being told. @param {number} epoch @param {number} previous @param {number} sentMillis */
function proof(epoch, previous, sentMillis) {
  [epoch, previous, sentMillis].forEach((value, i) => {
    scratch.setUint32(8 * i, value, true);
    scratch.setUint32(8 * i + 4, Math.floor(value / 0x100000000), true);
  });
  return crc32(scratchBytes, scratchBytes.length);
}

/** @param {Side} side @returns {number} its best price, 0 if it is empty */
function best(side) {
  return side.length > 0 ? side.priceTicks[0] : 0;
}

/** @param {number} instrument */
function known(instrument) {
  if (instrument < 1 || instrument > 0x7fffffff) throw new RangeError(`instrument ${instrument}`);
  return instrument;
}
