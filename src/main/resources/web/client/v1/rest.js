// @ts-check
import { toCandle, toInstrument, toTrades } from './json.js';

/**
 * What a chart or a tape starts from, over HTTP.
 *
 * @typedef {import('./sbe.js').Instrument} Instrument
 */

/** @param {string} origin `https://host:port` @param {string} [token] @returns {Promise<Instrument[]>} */
export async function fetchInstruments(origin, token) {
  const { instruments } = await fetchJson(new URL('/v1/instruments', origin), token);
  return instruments.map(toInstrument);
}

/**
 * @param {string} origin
 * @param {Instrument} instrument
 * @param {number} limit
 * @param {string} [token]
 * @param {AbortSignal} [signal]
 */
export async function fetchTrades(origin, instrument, limit, token, signal) {
  const url = new URL(`/v1/trades/${encodeURIComponent(instrument.symbol)}?limit=${limit}`, origin);
  return toTrades(await fetchJson(url, token, signal), instrument).trades;
}

/**
 * @param {string} origin
 * @param {Instrument} instrument
 * @param {string} interval `1s`, `1m`, `5m`, `1h` and others of the gateway's
 * @param {number} limit
 * @param {string} [token]
 * @param {AbortSignal} [signal]
 * @returns {Promise<import('./sbe.js').Candle[]>} oldest first
 */
export async function fetchCandles(origin, instrument, interval, limit, token, signal) {
  const path = `/v1/candles/${encodeURIComponent(instrument.symbol)}?interval=${interval}&limit=${limit}`;
  const { candles } = await fetchJson(new URL(path, origin), token, signal);
  return candles.map((/** @type {Record<string, any>} */ candle) => toCandle({ interval, ...candle }, instrument));
}

/** @param {URL} url @param {string} [token] @param {AbortSignal} [signal] */
async function fetchJson(url, token, signal) {
  const headers = token ? { authorization: `Bearer ${token}` } : undefined;
  const response = await fetch(url, { headers, signal });
  const body = await response.json();
  if (!response.ok) throw new Error(body.error?.reason ?? `${url}: HTTP ${response.status}`);
  return body;
}
