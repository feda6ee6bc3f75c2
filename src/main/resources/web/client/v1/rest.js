// @ts-check
import { toCandle, toInstrument, toTrades } from './json.js';

/**
 * What a chart or a tape starts from, over HTTP.
 *
 * @typedef {import('./sbe.js').Instrument} Instrument
 */

/**
 * Where requests beside a stream go: to the folder that it is in, whatever a proxy has before it.
 *
 * @param {string} stream URL of the stream
 * @returns {string} such as `https://host:port/v1/`
 */
export function requestsBeside(stream) {
  const url = new URL(stream.replace(/^ws/, 'http'));
  return new URL(url.pathname.endsWith('/v1/stream') ? '.' : '/v1/', url).href;
}

/** @param {string} requests see above @param {string} [token] @returns {Promise<Instrument[]>} */
export async function fetchInstruments(requests, token) {
  const { instruments } = await fetchJson(new URL('instruments', requests), token);
  return instruments.map(toInstrument);
}

/**
 * @param {string} requests
 * @param {Instrument} instrument
 * @param {number} limit
 * @param {string} [token]
 * @param {AbortSignal} [signal]
 */
export async function fetchTrades(requests, instrument, limit, token, signal) {
  const url = new URL(`trades/${encodeURIComponent(instrument.symbol)}?limit=${limit}`, requests);
  return toTrades(await fetchJson(url, token, signal), instrument).trades;
}

/**
 * @param {string} requests
 * @param {Instrument} instrument
 * @param {string} interval `1s`, `1m`, `5m`, `1h` and others of the gateway's
 * @param {number} limit
 * @param {string} [token]
 * @param {AbortSignal} [signal]
 * @returns {Promise<import('./sbe.js').Candle[]>} oldest first
 */
export async function fetchCandles(requests, instrument, interval, limit, token, signal) {
  const path = `candles/${encodeURIComponent(instrument.symbol)}?interval=${interval}&limit=${limit}`;
  const { candles } = await fetchJson(new URL(path, requests), token, signal);
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
