// @ts-check
import { fromDecimal, parseStep } from './decimal.js';

/**
 * The JSON form of the data messages (subprotocol `depthcast.v1.json`, REST), turned into the form the SBE decoder
 * gives: ticks and lots instead of decimals.
 *
 * @typedef {import('./sbe.js').DataMessage} DataMessage
 * @typedef {import('./sbe.js').TradesMessage} TradesMessage
 * @typedef {import('./sbe.js').Candle} Candle
 * @typedef {import('./sbe.js').Instrument} Instrument
 * @typedef {import('./sbe.js').Levels} Levels
 * @typedef {Record<string, any>} Json
 */

/** @type {Record<string, number>} */
const INTERVAL_SECONDS = { '1s': 1, '1m': 60, '5m': 300, '15m': 900, '1h': 3600, '4h': 14_400, '1d': 86_400 };

/** @param {Json} json an entry of /v1/instruments @returns {Instrument} */
export function toInstrument(json) {
  const { id, symbol, tickSize, lotSize, status = 'open' } = json;
  return { id, symbol, tick: parseStep(tickSize), lot: parseStep(lotSize), status };
}

/**
 * @param {Json} json a data message
 * @param {Map<string, Instrument>} instruments by symbol
 * @returns {DataMessage|null} null for a type or a symbol that is not known here
 */
export function toMessage(json, instruments) {
  if (json.type === 'heartbeat') return { type: 'heartbeat', timeMicros: json.time, feed: json.feed };
  if (json.type === 'instruments') return { type: 'instruments', instruments: json.instruments.map(toInstrument) };
  const instrument = instruments.get(json.symbol);
  if (!instrument) return null;
  switch (json.type) {
    case 'snapshot':
    case 'delta':
      return toBook(json, instrument);
    case 'bbo':
      return toBestBidOffer(json, instrument);
    case 'trades':
      return toTrades(json, instrument);
    case 'candle':
      return toCandle(json, instrument);
    case 'status':
      return { type: 'status', instrument: instrument.id, status: json.status, timeMicros: json.time };
    case 'ticker':
      return toTicker(json, instrument);
    default:
      return null;
  }
}

/** @param {Json} json @param {Instrument} instrument @returns {TradesMessage} */
export function toTrades(json, { id, tick, lot }) {
  const trades = json.trades.map((/** @type {Json} */ trade) => ({
    id: trade.id,
    timeMicros: trade.time,
    priceTicks: fromDecimal(trade.price, tick),
    sizeLots: fromDecimal(trade.size, lot),
    side: trade.side,
    ...(trade.venueId !== undefined && { venueId: trade.venueId }),
  }));
  return { type: 'trades', instrument: id, missed: json.missed, trades };
}

/** @param {Json} json @param {Instrument} instrument @returns {Candle} */
export function toCandle(json, { id, tick, lot }) {
  return {
    type: 'candle',
    instrument: id,
    intervalSeconds: INTERVAL_SECONDS[json.interval],
    startMicros: json.start,
    openTicks: fromDecimal(json.open, tick),
    highTicks: fromDecimal(json.high, tick),
    lowTicks: fromDecimal(json.low, tick),
    closeTicks: fromDecimal(json.close, tick),
    volumeLots: fromDecimal(json.volume, lot),
    trades: json.trades,
    closed: json.closed,
  };
}

/** @param {Json} json @param {Instrument} instrument @returns {import('./sbe.js').Ticker} what is not known is null */
export function toTicker(json, { id, tick, lot }) {
  const price = (/** @type {string|undefined|null} */ text) => (text ? fromDecimal(text, tick) : null);
  const size = (/** @type {string|undefined|null} */ text) => (text ? fromDecimal(text, lot) : null);
  return {
    type: 'ticker',
    instrument: id,
    lastTicks: price(json.last),
    openTicks: price(json.open),
    highTicks: price(json.high),
    lowTicks: price(json.low),
    volumeLots: size(json.volume),
    trades: json.trades,
    bidPriceTicks: price(json.bid?.[0]),
    bidSizeLots: size(json.bid?.[1]),
    askPriceTicks: price(json.ask?.[0]),
    askSizeLots: size(json.ask?.[1]),
    timeMicros: json.time,
  };
}

/** @param {Json} json @param {Instrument} instrument @returns {DataMessage} */
function toBook(json, instrument) {
  return {
    type: json.type,
    instrument: instrument.id,
    depth: json.group ? json.depth : 0,
    group: Number(json.group ?? 1),
    checksum: json.checksum,
    epoch: json.epoch,
    previous: json.previous,
    sequence: json.sequence,
    timeMicros: json.time,
    sentMicros: json.sent,
    bids: toLevels(json.bids, instrument),
    asks: toLevels(json.asks, instrument),
  };
}

/** @param {[string, string][]} levels @param {Instrument} instrument @returns {Levels} */
function toLevels(levels, { tick, lot }) {
  return {
    priceTicks: Float64Array.from(levels, ([price]) => fromDecimal(price, tick)),
    sizeLots: Float64Array.from(levels, ([, size]) => fromDecimal(size, lot)),
  };
}

/** @param {Json} json @param {Instrument} instrument @returns {DataMessage} */
function toBestBidOffer(json, { id, tick, lot }) {
  const [bidPrice, bidSize] = json.bid;
  const [askPrice, askSize] = json.ask;
  return {
    type: 'bbo',
    instrument: id,
    sequence: json.sequence,
    timeMicros: json.time,
    bidPriceTicks: fromDecimal(bidPrice, tick),
    bidSizeLots: fromDecimal(bidSize, lot),
    askPriceTicks: fromDecimal(askPrice, tick),
    askSizeLots: fromDecimal(askSize, lot),
  };
}
