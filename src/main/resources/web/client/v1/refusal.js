// @ts-check
import { DepthcastError } from './errors.js';
import { requestsBeside } from './rest.js';

/** A browser does not tell why a handshake failed; the answer to a plain request to the same place does. */

const PATIENCE_MILLIS = 5_000;
const UNAUTHORIZED = 401;
const UPGRADE_REQUIRED = 426;

/** @type {Record<number, string>} */
const CODES = { 401: 'unauthorized', 403: 'forbidden', 429: 'too-many', 503: 'overloaded' };
/** @type {Record<number, string>} */
const REASONS = {
  400: 'the gateway could not read the handshake',
  401: 'the gateway needs a token, or does not take this one',
  403: 'the gateway does not take connections of this page: its origin is not in http.origins',
  404: 'there is no stream at this address',
  429: 'too many connections or handshakes from this address',
  503: 'the gateway is full, or not ready yet',
};
/** A new attempt would only meet them again. */
const FINAL = new Set([400, 401, 403]);

/**
 * @param {number} status of the answer
 * @param {string} [reason] in the answer's body
 * @param {string} [code] in the answer's body
 * @returns {DepthcastError}
 */
export function refusal(status, reason, code = 'refused') {
  const words = reason || REASONS[status] || `the gateway answered with HTTP ${status}`;
  return new DepthcastError(CODES[status] ?? code, words, { status, terminal: FINAL.has(status) });
}

/**
 * @param {string} streamUrl `ws:` or `wss:`
 * @param {string} token empty for none
 * @returns {Promise<DepthcastError>} why no connection comes about, as far as requests tell
 */
export async function askWhy(streamUrl, token) {
  const url = new URL(streamUrl.replace(/^ws/, 'http'));
  url.search = '';
  const headers = /** @type {Record<string, string>} */ (token ? { authorization: `Bearer ${token}` } : {});
  const stream = await ask(url, headers);
  if (stream instanceof DepthcastError && stream.status !== UPGRADE_REQUIRED) return stream;
  const list = await ask(new URL('instruments', requestsBeside(url.href)), headers);
  if (list instanceof DepthcastError && list.status === UNAUTHORIZED) return list;
  return new DepthcastError('blocked', 'the gateway answers, but no WebSocket comes through to it');
}

/** @param {URL} url @param {Record<string, string>} headers @returns {Promise<DepthcastError|null>} null if all is well */
async function ask(url, headers) {
  try {
    const response = await fetch(url, { headers, cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MILLIS) });
    if (response.ok) return null;
    const { error } = await response.json().catch(() => ({}));
    return refusal(response.status, error?.reason);
  } catch (cause) {
    return new DepthcastError('unreachable', `nothing answers at ${url.origin}`, { cause });
  }
}
