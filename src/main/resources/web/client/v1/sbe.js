// @ts-check

/**
 * Decoder of the subprotocol `depthcast.v1.sbe` (schema 1207, version 2; see /docs/depthcast-sbe.xml).
 *
 * Integers of 64 bits are read as two halves: all of them fit 2^53, and a BigInt costs an allocation.
 *
 * @typedef {{priceTicks: Float64Array, sizeLots: Float64Array}} Levels best first
 * @typedef {object} BookMessage
 * @property {'snapshot'|'delta'} type
 * @property {number} instrument
 * @property {number} depth levels a side, if prices are gathered; else 0, for then it is the one such book of its instrument
 * @property {number} group ticks to which prices are gathered, 1 if they are as they are
 * @property {number} checksum
 * @property {number} epoch
 * @property {number} previous
 * @property {number} sequence
 * @property {number} timeMicros
 * @property {number} sentMicros
 * @property {Levels} bids
 * @property {Levels} asks
 *
 * @typedef {object} BestBidOffer a size of 0 means that the side is empty
 * @property {'bbo'} type
 * @property {number} instrument
 * @property {number} sequence
 * @property {number} timeMicros
 * @property {number} bidPriceTicks
 * @property {number} bidSizeLots
 * @property {number} askPriceTicks
 * @property {number} askSizeLots
 *
 * @typedef {object} Trade
 * @property {number} id
 * @property {number} timeMicros
 * @property {number} priceTicks
 * @property {number} sizeLots
 * @property {'buy'|'sell'} side of the order that took liquidity
 * @property {string} [venueId] what the venue itself calls it
 *
 * @typedef {{type: 'trades', instrument: number, missed: number, trades: Trade[]}} TradesMessage
 *
 * @typedef {object} Candle
 * @property {'candle'} type
 * @property {number} instrument
 * @property {number} intervalSeconds
 * @property {number} startMicros
 * @property {number} openTicks
 * @property {number} highTicks
 * @property {number} lowTicks
 * @property {number} closeTicks
 * @property {number} volumeLots
 * @property {number} trades
 * @property {boolean} closed
 *
 * @typedef {{type: 'heartbeat', timeMicros: number, feed: 'live'|'stale'|'halted'}} Heartbeat
 *
 * @typedef {import('./decimal.js').Step} Step
 * @typedef {'open'|'halted'|'auction'|'closed'|'stale'} Status
 * @typedef {{id: number, symbol: string, tick: Step, lot: Step, status: Status}} Instrument
 * @typedef {{type: 'status', instrument: number, status: Status, timeMicros: number}} StatusMessage
 *
 * @typedef {object} Ticker of the last 24 hours; null where there is nothing
 * @property {'ticker'} type
 * @property {number} instrument
 * @property {number|null} lastTicks
 * @property {number|null} openTicks
 * @property {number|null} highTicks
 * @property {number|null} lowTicks
 * @property {number|null} volumeLots
 * @property {number} trades
 * @property {number|null} bidPriceTicks
 * @property {number|null} bidSizeLots
 * @property {number|null} askPriceTicks
 * @property {number|null} askSizeLots
 * @property {number} timeMicros
 *
 * @typedef {{type: 'instruments', instruments: Instrument[]}} InstrumentsMessage
 *
 * @typedef {BookMessage|BestBidOffer|TradesMessage|Candle|Heartbeat|InstrumentsMessage|StatusMessage|Ticker} DataMessage
 */

const SCHEMA_ID = 1207;
const ENCODING_TYPE = 0xeb50;
const FRAMING_BYTES = 6;
const HEADER_BYTES = 8;
const DIMENSION_BYTES = 4;
/** The smallest int64. */
const NO_PRICE = -(2n ** 63n);
/** Of the first version of the schema; the second adds a name to trades and a status to instruments. */
const TRADE_BYTES = 33;
const INSTRUMENT_BYTES = 22;
const BOOK_BYTES = 48;
/** What a uint16 says that is not there. */
const NO_UINT16 = 65_535;
/** With the depth and the group of a book whose prices are gathered. */
const GROUPED_BOOK_BYTES = 52;
const VENUE_ID_BYTES = 36;
const NAMED_TRADE_BYTES = TRADE_BYTES + VENUE_ID_BYTES;
const FEEDS = /** @type {const} */ (['live', 'stale', 'halted']);
/** As the schema numbers them. */
export const STATUSES = /** @type {const} */ (['open', 'halted', 'auction', 'closed', 'stale']);
const UTF8 = new TextDecoder();

/**
 * @param {DataView} view
 * @param {number} at
 * @returns {number} the signed or unsigned 64-bit integer there, which must be within 2^53
 */
export function int64(view, at) {
  return view.getInt32(at + 4, true) * 0x100000000 + view.getUint32(at, true);
}

/**
 * Reads the messages of one WebSocket frame in order; messages of an unknown template are skipped.
 *
 * @param {ArrayBuffer} buffer
 * @param {(message: DataMessage) => void} onMessage
 * @throws {RangeError} where a length does not fit the bytes
 */
export function decode(buffer, onMessage) {
  const view = new DataView(buffer);
  let at = 0;
  while (at < view.byteLength) {
    if (view.byteLength - at < FRAMING_BYTES + HEADER_BYTES) throw truncated(at);
    const end = at + view.getUint32(at, false);
    const encoding = view.getUint16(at + 4, false);
    if (encoding !== ENCODING_TYPE) throw new RangeError(`encoding type ${encoding} at byte ${at}`);
    if (end < at + FRAMING_BYTES + HEADER_BYTES || end > view.byteLength) throw truncated(at);
    const message = decodeOne(view, at + FRAMING_BYTES, end);
    if (message) onMessage(message);
    at = end;
  }
}

/** @param {DataView} view @param {number} header @param {number} end @returns {DataMessage|null} */
function decodeOne(view, header, end) {
  const template = TEMPLATES[view.getUint16(header + 2, true)];
  if (!template || view.getUint16(header + 4, true) !== SCHEMA_ID) return null;
  const blockLength = view.getUint16(header, true);
  const block = header + HEADER_BYTES;
  if (blockLength < template.blockLength || block + blockLength > end) throw truncated(header);
  return template.read(view, block, new Groups(view, block + blockLength, end));
}

/** Walks the repeating groups behind a block. */
class Groups {
  /** @param {DataView} view @param {number} at @param {number} end */
  constructor(view, at, end) {
    this.view = view;
    this.at = at;
    this.end = end;
    this.stride = 0;
  }

  /**
   * Steps over a dimension, to the first entry.
   *
   * @param {number} entryBytes what this reader knows of an entry
   * @returns {number} how many entries follow
   */
  enter(entryBytes) {
    if (this.at + DIMENSION_BYTES > this.end) throw truncated(this.at);
    this.stride = this.view.getUint16(this.at, true);
    const count = this.view.getUint16(this.at + 2, true);
    this.at += DIMENSION_BYTES;
    if (count > 0 && this.stride < entryBytes) throw truncated(this.at);
    if (this.at + count * this.stride > this.end) throw truncated(this.at);
    return count;
  }

  /** @returns {Levels} */
  levels() {
    const count = this.enter(16);
    const priceTicks = new Float64Array(count);
    const sizeLots = new Float64Array(count);
    for (let i = 0; i < count; i++, this.at += this.stride) {
      priceTicks[i] = int64(this.view, this.at);
      sizeLots[i] = int64(this.view, this.at + 8);
    }
    return { priceTicks, sizeLots };
  }

  /** @returns {Trade[]} */
  trades() {
    const { view } = this;
    const trades = new Array(this.enter(TRADE_BYTES));
    for (let i = 0; i < trades.length; i++, this.at += this.stride) {
      const venueId = this.stride < NAMED_TRADE_BYTES ? '' : this.#venueId(this.at + TRADE_BYTES);
      trades[i] = {
        id: int64(view, this.at),
        timeMicros: int64(view, this.at + 8),
        priceTicks: int64(view, this.at + 16),
        sizeLots: int64(view, this.at + 24),
        side: view.getUint8(this.at + 32) === 0 ? 'buy' : 'sell',
        ...(venueId && { venueId }),
      };
    }
    return trades;
  }

  /** @param {number} at @returns {string} empty for none; filled up with zeros */
  #venueId(at) {
    const characters = new Uint8Array(this.view.buffer, at, VENUE_ID_BYTES);
    const length = characters.indexOf(0);
    return UTF8.decode(length < 0 ? characters : characters.subarray(0, length));
  }

  /** @returns {Instrument[]} */
  instruments() {
    const instruments = new Array(this.enter(INSTRUMENT_BYTES));
    for (let i = 0; i < instruments.length; i++) instruments[i] = this.#instrument();
    return instruments;
  }

  /** @returns {Instrument} */
  #instrument() {
    const { view, at } = this;
    const text = at + this.stride;
    const length = text < this.end ? view.getUint8(text) : this.end;
    this.at = text + 1 + length;
    if (this.at > this.end) throw truncated(at);
    return {
      id: view.getUint32(at, true),
      symbol: UTF8.decode(new Uint8Array(view.buffer, text + 1, length)),
      tick: { mantissa: int64(view, at + 4), exponent: view.getInt8(at + 12) },
      lot: { mantissa: int64(view, at + 13), exponent: view.getInt8(at + 21) },
      // A gateway of the first version of the schema knew of no other than open.
      status: this.stride === INSTRUMENT_BYTES ? 'open' : (STATUSES[view.getUint8(at + INSTRUMENT_BYTES)] ?? 'stale'),
    };
  }
}

/** @type {Record<number, {blockLength: number, read: (view: DataView, at: number, groups: Groups) => DataMessage}>} */
const TEMPLATES = {
  1: { blockLength: BOOK_BYTES, read: (view, at, groups) => readBook('snapshot', view, at, groups) },
  2: { blockLength: BOOK_BYTES, read: (view, at, groups) => readBook('delta', view, at, groups) },
  3: { blockLength: 52, read: readBestBidOffer },
  4: {
    blockLength: 12,
    read: (view, at, groups) => ({
      type: 'trades',
      instrument: view.getUint32(at, true),
      missed: int64(view, at + 4),
      trades: groups.trades(),
    }),
  },
  5: { blockLength: 65, read: readCandle },
  6: {
    blockLength: 9,
    read: (view, at) => ({
      type: 'heartbeat',
      timeMicros: int64(view, at),
      feed: FEEDS[view.getUint8(at + 8)] ?? 'stale',
    }),
  },
  7: {
    blockLength: 0,
    read: (view, at, groups) => ({ type: 'instruments', instruments: groups.instruments() }),
  },
  8: {
    blockLength: 13,
    read: (view, at) => ({
      type: 'status',
      instrument: view.getUint32(at, true),
      status: STATUSES[view.getUint8(at + 12)] ?? 'stale',
      timeMicros: int64(view, at + 4),
    }),
  },
  9: { blockLength: 92, read: readTicker },
};

/** @param {DataView} view @param {number} at @returns {Ticker} */
function readTicker(view, at) {
  const price = (/** @type {number} */ offset) =>
    view.getBigInt64(at + offset, true) === NO_PRICE ? null : int64(view, at + offset);
  return {
    type: 'ticker',
    instrument: view.getUint32(at, true),
    lastTicks: price(12),
    openTicks: price(20),
    highTicks: price(28),
    lowTicks: price(36),
    volumeLots: int64(view, at + 44),
    trades: int64(view, at + 52),
    bidPriceTicks: int64(view, at + 60),
    bidSizeLots: int64(view, at + 68),
    askPriceTicks: int64(view, at + 76),
    askSizeLots: int64(view, at + 84),
    timeMicros: int64(view, at + 4),
  };
}

/** @param {'snapshot'|'delta'} type @param {DataView} view @param {number} at @param {Groups} groups @returns {BookMessage} */
function readBook(type, view, at, groups) {
  const group = groups.at - at >= GROUPED_BOOK_BYTES ? view.getUint16(at + BOOK_BYTES + 2, true) : NO_UINT16;
  const isGrouped = group !== NO_UINT16;
  return {
    type,
    instrument: view.getUint32(at, true),
    depth: isGrouped ? view.getUint16(at + BOOK_BYTES, true) : 0,
    group: isGrouped ? group : 1,
    checksum: view.getUint32(at + 4, true),
    epoch: int64(view, at + 8),
    previous: int64(view, at + 16),
    sequence: int64(view, at + 24),
    timeMicros: int64(view, at + 32),
    sentMicros: int64(view, at + 40),
    bids: groups.levels(),
    asks: groups.levels(),
  };
}

/** @param {DataView} view @param {number} at @returns {BestBidOffer} */
function readBestBidOffer(view, at) {
  return {
    type: 'bbo',
    instrument: view.getUint32(at, true),
    sequence: int64(view, at + 4),
    timeMicros: int64(view, at + 12),
    bidPriceTicks: int64(view, at + 20),
    bidSizeLots: int64(view, at + 28),
    askPriceTicks: int64(view, at + 36),
    askSizeLots: int64(view, at + 44),
  };
}

/** @param {DataView} view @param {number} at @returns {Candle} */
function readCandle(view, at) {
  return {
    type: 'candle',
    instrument: view.getUint32(at, true),
    intervalSeconds: view.getUint32(at + 4, true),
    startMicros: int64(view, at + 8),
    openTicks: int64(view, at + 16),
    highTicks: int64(view, at + 24),
    lowTicks: int64(view, at + 32),
    closeTicks: int64(view, at + 40),
    volumeLots: int64(view, at + 48),
    trades: int64(view, at + 56),
    closed: view.getUint8(at + 64) !== 0,
  };
}

/** @param {number} at */
function truncated(at) {
  return new RangeError(`a length at byte ${at} does not fit its message`);
}
