// @ts-check
import { Backoff, mayReconnect } from './backoff.js';

/**
 * - `connecting`: the first connection is not there yet;
 * - `connected`: the server has said welcome;
 * - `stale`: connected, but two heartbeats are missing; a new connection is on its way;
 * - `resuming`: the connection was lost and is being made again;
 * - `offline`: the same, and the browser says that there is no network;
 * - `closed`: over, by `close()` or by a close code that asks not to come back.
 * @typedef {'connecting'|'connected'|'stale'|'resuming'|'offline'|'closed'} State
 *
 * @typedef {{state: State, code: number, reason: string, retryMillis: number, attempt: number}} StateChange
 *
 * @typedef {object} Listener
 * @property {(text: string) => void} onText
 * @property {(bytes: ArrayBuffer) => void} onBinary
 * @property {(change: StateChange) => void} onState
 * @property {() => Promise<string>} [token] where the gateway asks for one
 */

/** The server sends a heartbeat this often. */
const HEARTBEAT_MILLIS = 5_000;
const HEARTBEAT_MISSES = 2;
const GRACE_MILLIS = 1_000;
const WATCH_MILLIS = 1_000;
const NORMAL = 1000;
/** What a browser reports for a connection that just ended. */
const ABNORMAL = 1006;

/** One WebSocket after the other to the same address, until it is closed. */
export class Connection {
  /** @type {WebSocket|null} */
  #socket = null;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #retry;
  /** @type {ReturnType<typeof setInterval>|undefined} */
  #watch;
  /** @type {State} */
  #state = 'connecting';
  #welcomed = false;
  #openedMillis = 0;
  #attemptMillis = 0;
  #lastReceivedMillis = performance.now();
  #hintMillis = 0;
  /** Numbers the attempts to connect, of which only the last counts. */
  #attempts = 0;
  /** The last session that the server named, which a new connection presents. */
  #session = '';
  #onOnline = () => this.#networkBack();
  #onOffline = () => this.#networkGone();

  /**
   * @param {string} url
   * @param {string} subprotocol
   * @param {Listener} listener
   * @param {() => number} random
   */
  constructor(url, subprotocol, listener, random) {
    this.url = url;
    this.subprotocol = subprotocol;
    this.listener = listener;
    this.backoff = new Backoff(random);
    globalThis.addEventListener?.('online', this.#onOnline);
    globalThis.addEventListener?.('offline', this.#onOffline);
    this.#watch = setInterval(() => this.#checkSilence(), WATCH_MILLIS);
    this.#open();
  }

  get state() {
    return this.#state;
  }

  /** Milliseconds since anything came from the server. */
  get silenceMillis() {
    return performance.now() - this.#lastReceivedMillis;
  }

  /** @param {string} text @returns {boolean} whether there was a connection to take it */
  send(text) {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(text);
    return true;
  }

  /** The server greets: commands may go out. @param {string} session */
  welcomed(session) {
    this.#session = session;
    this.#welcomed = true;
    this.#openedMillis = performance.now();
    this.#enter('connected');
  }

  /** @param {number} millis the least wait after this connection has ended */
  reconnectNotBefore(millis) {
    this.#hintMillis = millis;
  }

  /** Gives this connection up and makes a new one. @param {string} reason */
  reconnect(reason) {
    if (this.#state === 'closed') return;
    this.#letGo(reason);
    this.#lost(ABNORMAL, reason);
  }

  /** Ends for good. */
  close() {
    if (this.#state !== 'closed') this.#finish(NORMAL, 'closed by this client');
  }

  #open() {
    if (this.#state === 'stale' || this.#state === 'offline') this.#enter(this.#unconnected());
    this.#attemptMillis = performance.now();
    if (this.listener.token) void this.#openWithToken(this.listener.token);
    else this.#connect([]);
  }

  /** A page can set no header, so the token is one of the subprotocols. @param {() => Promise<string>} fetch */
  async #openWithToken(fetch) {
    const attempt = ++this.#attempts;
    const token = await fetch().catch((e) => {
      console.warn(`no token: ${e}`);
      return '';
    });
    if (this.#state === 'closed' || this.#socket || attempt !== this.#attempts) return;
    this.#connect(token ? [`bearer.${token}`] : []);
  }

  /** @param {string[]} credentials */
  #connect(credentials) {
    const socket = new WebSocket(this.#address(), [this.subprotocol, ...credentials]);
    socket.binaryType = 'arraybuffer';
    socket.onmessage = (event) => this.#received(event.data);
    socket.onclose = (event) => this.#lost(event.code, event.reason);
    this.#socket = socket;
  }

  /** Who says which session was its last one hears why that was closed. */
  #address() {
    if (!this.#session) return this.url;
    const url = new URL(this.url);
    url.searchParams.set('session', this.#session);
    return url.href;
  }

  /** @param {string|ArrayBuffer} data */
  #received(data) {
    this.#lastReceivedMillis = performance.now();
    if (typeof data === 'string') this.listener.onText(data);
    else this.listener.onBinary(data);
  }

  /** @param {number} code @param {string} reason */
  #lost(code, reason) {
    this.#socket = null;
    this.#attempts++;
    if (!mayReconnect(code)) {
      this.#finish(code, reason);
      return;
    }
    const livedMillis = this.#openedMillis === 0 ? 0 : performance.now() - this.#openedMillis;
    const retryMillis = this.backoff.next(livedMillis, code, this.#hintMillis);
    this.#openedMillis = 0;
    this.#hintMillis = 0;
    if (this.#state !== 'stale') this.#enter(this.#unconnected(), code, reason, retryMillis);
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#open(), retryMillis);
  }

  /** @returns {State} */
  #unconnected() {
    if (globalThis.navigator?.onLine === false) return 'offline';
    return this.#welcomed ? 'resuming' : 'connecting';
  }

  #checkSilence() {
    const silentMillis = performance.now() - Math.max(this.#lastReceivedMillis, this.#attemptMillis);
    if (!this.#socket || silentMillis <= HEARTBEAT_MISSES * HEARTBEAT_MILLIS + GRACE_MILLIS) return;
    const reason = `nothing received for ${Math.round(silentMillis / 1000)} s`;
    if (this.#state === 'connected') this.#enter('stale', ABNORMAL, reason);
    this.reconnect(reason);
  }

  #networkBack() {
    if (this.#socket || this.#state === 'closed') return;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#open(), this.backoff.random() * 250);
  }

  /** A connection that is there is left alone (the gateway may run on this very machine): silence will tell. */
  #networkGone() {
    if (!this.#socket && this.#state !== 'closed') this.#enter('offline');
  }

  /** @param {string} reason */
  #letGo(reason) {
    const socket = this.#socket;
    this.#socket = null;
    if (!socket) return;
    socket.onmessage = null;
    socket.onclose = null;
    socket.close(NORMAL, reason);
  }

  /** @param {number} code @param {string} reason */
  #finish(code, reason) {
    clearTimeout(this.#retry);
    clearInterval(this.#watch);
    globalThis.removeEventListener?.('online', this.#onOnline);
    globalThis.removeEventListener?.('offline', this.#onOffline);
    this.#letGo(reason);
    this.#enter('closed', code, reason);
  }

  /** @param {State} state @param {number} [code] @param {string} [reason] @param {number} [retryMillis] */
  #enter(state, code = 0, reason = '', retryMillis = 0) {
    this.#state = state;
    this.listener.onState({ state, code, reason, retryMillis, attempt: this.backoff.failures });
  }
}

/** @param {string} url @returns {string} absolute, with the scheme of a WebSocket */
export function streamUrl(url) {
  const absolute = new URL(url, globalThis.location?.href);
  absolute.protocol = absolute.protocol.replace(/^http/, 'ws');
  return absolute.href;
}
