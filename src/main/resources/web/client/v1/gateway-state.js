// @ts-check
import { hasSameSteps } from './decimal.js';
import { Emitter } from './emitter.js';

/**
 * @typedef {import('./sbe.js').Instrument} Instrument
 * @typedef {import('./book.js').Book} Book
 * @typedef {import('./errors.js').DepthcastError} DepthcastError
 *
 * - `connecting`: the first connection is not there yet;
 * - `live`: every update comes as it is made;
 * - `conflating`: this client or its network is slow, and the gateway merges updates;
 * - `resuming`: the connection was lost and is being made again;
 * - `offline`: the same, and the browser says that there is no network;
 * - `stale`: connected, but the feed says nothing, or the gateway does not;
 * - `closed`: over, or not begun.
 * @typedef {'connecting'|'live'|'conflating'|'resuming'|'offline'|'stale'|'closed'} State
 * @typedef {{state: State, code: number, reason: string, retryMillis: number, attempt: number, carrier: 'websocket'|'events'}}
 *     StateChange `code` and `reason` of the close where there was one
 *
 * @typedef {object} StreamEvents what `detail` carries
 * @property {StateChange} state
 * @property {DepthcastError} failure an attempt to connect failed; where it is `terminal`, it was the last
 * @property {Book} book that changed
 * @property {import('./depthcast.js').BestBidOffer} bbo
 * @property {import('./sbe.js').TradesMessage & {symbol: string}} trades
 * @property {import('./sbe.js').Candle & {symbol: string}} candle
 * @property {import('./depthcast.js').Ticker} ticker
 * @property {{symbol: string, status: import('./sbe.js').Status, timeMicros: number}} status
 * @property {import('./sbe.js').Heartbeat} heartbeat
 * @property {Map<string, Instrument>} instruments
 * @property {{symbol: string, why: 'gap'|'checksum'}} gap a resync has been asked for
 * @property {Record<string, any>} notice of the gateway
 * @property {Record<string, any>} refused an error of the gateway, `{code, reason, symbol}`
 * @property {DepthcastError} error what was subscribed has ended
 */

/** Notices that say how the gateway serves this connection. */
const PACES = new Set(['live', 'conflating', 'slow']);

/**
 * What is known of the gateway and of how it serves this client.
 *
 * @extends {Emitter<StreamEvents>}
 */
export class GatewayState extends Emitter {
  /** @type {Map<string, Instrument>} by symbol */
  instruments = new Map();
  /** Since the start; bytes are those of the messages, after inflation. */
  counters = {
    updates: 0,
    frames: 0,
    bytes: 0,
    snapshots: 0,
    deltas: 0,
    gaps: 0,
    resyncs: 0,
    connects: 0,
    reconnects: 0,
  };
  /** What the last heartbeat said of the feed. @type {'live'|'stale'|'halted'} */
  feed = 'live';
  /** Time between two flushes: the server says when overload makes it longer, and when that is over. 0 before the first welcome. */
  flushMillis = 0;
  /** Whether the server flushes less often than it would, for everybody, because it is overloaded. */
  overloaded = false;
  /** How the gateway serves this connection: every update, merged ones, or about to close it. */
  pace = /** @type {'live'|'conflating'|'slow'} */ ('live');
  /** Whether the server is told now and then how old prices are here. */
  reportsAge = true;
  /** The `welcome` of this connection. @type {Record<string, any>|null} */
  welcome = null;
  /** Why the server closed the connection before this one, if it knows. @type {{code: number, reason: string}|null} */
  lastClose = null;
  /** Why the last attempt to connect failed, until one succeeds. @type {DepthcastError|null} */
  failure = null;

  /** @protected @type {Map<number, Instrument>} */
  byId = new Map();

  /** All that there are. @protected @param {Instrument[]} instruments @returns {string[]} those that have other steps now */
  defined(instruments) {
    const before = new Map(this.instruments);
    this.instruments.clear();
    this.byId.clear();
    for (const instrument of instruments) {
      this.instruments.set(instrument.symbol, instrument);
      this.byId.set(instrument.id, instrument);
    }
    const isOther = (/** @type {Instrument} */ now) => !hasSameSteps(before.get(now.symbol) ?? now, now);
    return instruments.filter(isOther).map(({ symbol }) => symbol);
  }

  /** @protected @param {Record<string, any>} welcome */
  greeted(welcome) {
    this.welcome = welcome;
    this.lastClose = welcome.lastClose ?? null;
    this.flushMillis = welcome.flushMillis;
    this.overloaded = false;
    this.pace = 'live';
    this.failure = null;
  }

  /** @protected @param {Record<string, any>} notice */
  noticed({ code, flushMillis }) {
    if (PACES.has(code)) this.pace = code;
    if (code !== 'overloaded' && code !== 'recovered') return;
    this.overloaded = code === 'overloaded';
    this.flushMillis = flushMillis;
  }
}
