// @ts-check
import { Backoff, mayReconnect } from './backoff.js';
import { DepthcastError } from './errors.js';
import { EventSocket } from './event-socket.js';
import { Failures } from './failures.js';
import { installedSocketClass, OPEN, presentSocketClass, silence, statusOf } from './sockets.js';
import { WayBack } from './way-back.js';

/**
 * - `connecting`: the first connection is not there yet;
 * - `connected`: the server has said welcome;
 * - `stale`: connected, but two heartbeats are missing; a new connection is on its way;
 * - `resuming`: the connection was lost and is being made again;
 * - `offline`: the same, and the browser says that there is no network;
 * - `closed`: over, by `close()`, by a refusal or a close code that asks not to come back, or not begun yet.
 * @typedef {'connecting'|'connected'|'stale'|'resuming'|'offline'|'closed'} State
 *
 * @typedef {{state: State, code: number, reason: string, retryMillis: number, attempt: number}} StateChange
 * @typedef {import('./sockets.js').Socket} Socket
 * @typedef {import('./sockets.js').SocketClass} SocketClass
 *
 * @typedef {object} Listener
 * @property {(text: string) => void} onText
 * @property {(bytes: ArrayBuffer) => void} onBinary
 * @property {(change: StateChange) => void} onState
 * @property {(failure: DepthcastError) => void} [onFailure]
 * @property {() => Promise<string>} [token] where the gateway asks for one
 *
 * @typedef {object} ConnectionOptions
 * @property {() => number} [random]
 * @property {SocketClass} [WebSocket] in place of the runtime's own
 * @property {{baseMillis?: number, capMillis?: number}} [backoff]
 * @property {boolean} [events] whether server-sent events may stand in where no WebSocket comes through
 * @property {number} [tryMillis] how often a WebSocket is tried while events stand in
 * @property {boolean} [connect] whether to connect at once
 * @property {(url: string, token: string) => Promise<DepthcastError>} [askWhy] why a handshake failed
 */

/** The server sends a heartbeat this often. */
const HEARTBEAT_MILLIS = 5_000;
const HEARTBEAT_MISSES = 2;
const GRACE_MILLIS = 1_000;
const WATCH_MILLIS = 1_000;
/** What a bearer token and a subprotocol have in common (RFC 6750, 2.1; RFC 6455, 4.1); a JWT has nothing else. */
const SENDABLE = /^[\w.~+-]*$/;
const NORMAL = 1000;
/** What a browser reports for a connection that just ended. */
const ABNORMAL = 1006;

/** One WebSocket after the other to the same address, until it is closed. */
export class Connection {
  /** @type {Socket|null} */
  #socket = null;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #retry;
  /** @type {ReturnType<typeof setInterval>|undefined} */
  #watch;
  /** @type {State} */
  #state = 'closed';
  #welcomed = false;
  #openedMillis = 0;
  #attemptMillis = 0;
  #lastReceivedMillis = performance.now();
  #hintMillis = 0;
  /** Over which those come back whom the gateway loses without a word, as it says. */
  #spreadMillis = 0;
  /** Numbers the attempts to connect, of which only the last counts. */
  #attempts = 0;
  /** The last session that the server named, which a new connection presents. */
  #session = '';
  #token = '';
  #failures;
  #options;
  #onOnline = () => this.#networkBack();
  #onOffline = () => this.#networkGone();
  #wayBack;

  /** @param {string} url @param {string} subprotocol @param {Listener} listener @param {ConnectionOptions} [options] */
  constructor(url, subprotocol, listener, options = {}) {
    this.url = url;
    this.subprotocol = subprotocol;
    this.listener = listener;
    this.backoff = new Backoff(options.random ?? Math.random, options.backoff);
    this.#options = options;
    this.#failures = new Failures(options.events ?? true, options.askWhy);
    this.#wayBack = new WayBack(
      () => this.#beside(),
      (socket) => this.#takeOver(socket),
      options.tryMillis,
    );
    if (options.connect ?? true) this.connect();
  }

  get state() {
    return this.#state;
  }

  /** Milliseconds since anything came from the server. */
  get silenceMillis() {
    return performance.now() - this.#lastReceivedMillis;
  }

  /** What carries the messages. @returns {'websocket'|'events'} */
  get carrier() {
    return this.#failures.useEvents ? 'events' : 'websocket';
  }

  /** What the handshake agreed upon, such as `permessage-deflate`. */
  get extensions() {
    return this.#socket?.extensions ?? '';
  }

  /** Begins, or begins again after the end. */
  connect() {
    if (this.#state !== 'closed') return;
    globalThis.addEventListener?.('online', this.#onOnline);
    globalThis.addEventListener?.('offline', this.#onOffline);
    this.#watch = setInterval(() => this.#checkSilence(), WATCH_MILLIS);
    this.#failures.forget();
    this.#attempts++;
    this.#enter(this.#unconnected());
    this.#open();
  }

  /** @param {string} text @returns {boolean} whether there was a connection to take it */
  send(text) {
    if (this.#socket?.readyState !== OPEN) return false;
    this.#socket.send(text);
    return true;
  }

  /** The server greets: commands may go out. @param {string} session @param {number} [spreadMillis] */
  welcomed(session, spreadMillis = 0) {
    this.#spreadMillis = spreadMillis;
    this.#session = session;
    this.#welcomed = true;
    this.#openedMillis = performance.now();
    if (this.#failures.useEvents) this.#wayBack.schedule();
    else this.#failures.forget();
    this.#enter('connected');
  }

  /** @param {number} millis the least wait after this connection has ended */
  reconnectNotBefore(millis) {
    this.#hintMillis = millis;
  }

  /**
   * Makes a new one in place of this, or begins again after the end. Why the last attempt came to nothing does not matter: it
   * may have shown another token.
   *
   * @param {string} reason
   */
  reconnect(reason) {
    if (this.#state === 'closed') {
      this.connect();
      return;
    }
    this.#letGo(reason);
    this.#lost(ABNORMAL, reason);
  }

  /** Makes a new one, for this is of no use, and looks for the cause where it never was. @param {string} reason */
  giveUp(reason) {
    const unanswered = this.#socket !== null && this.#openedMillis === 0;
    this.reconnect(reason);
    if (unanswered) void this.#explain(0);
  }

  /** Ends for good, or until the next `connect()`. */
  close() {
    if (this.#state !== 'closed') this.#finish(NORMAL, 'closed by this client');
  }

  #open() {
    if (this.#state === 'stale' || this.#state === 'offline') this.#enter(this.#unconnected());
    this.#attemptMillis = performance.now();
    const ready = presentSocketClass(this.#options.WebSocket);
    if (ready && !this.listener.token && !this.#failures.useEvents) this.#connect(ready);
    else void this.#openLater(ready);
  }

  /** What has to be waited for first. @param {SocketClass|undefined} present */
  async #openLater(present) {
    const attempt = ++this.#attempts;
    try {
      const token = await this.listener.token?.();
      const made = present ?? (this.#failures.useEvents ? undefined : await installedSocketClass());
      if (!this.#isWaiting(attempt)) return;
      this.#token = token ?? '';
      this.#connect(made);
    } catch (e) {
      if (!this.#isWaiting(attempt)) return;
      const failure = e instanceof DepthcastError ? e : new DepthcastError('no-token', `no token: ${e}`, { cause: e });
      this.#lost(ABNORMAL, failure.reason, failure);
    }
  }

  /** @param {number} attempt */
  #isWaiting(attempt) {
    return this.#state !== 'closed' && !this.#socket && attempt === this.#attempts;
  }

  /** @param {SocketClass|undefined} socketClass */
  #connect(socketClass) {
    if (this.#failures.useEvents || !socketClass) this.#use(new EventSocket(this.url, this.#token));
    else this.#use(this.#webSocket(socketClass));
  }

  /** A page can set no header, so the token is one of the subprotocols. @param {SocketClass} socketClass @returns {Socket} */
  #webSocket(socketClass) {
    if (!SENDABLE.test(this.#token)) {
      throw new DepthcastError('no-token', 'the token has characters that no handshake can carry', { terminal: true });
    }
    const credentials = this.#token ? [`bearer.${this.#token}`] : [];
    return new socketClass(this.#address(), [this.subprotocol, ...credentials]);
  }

  /** @param {Socket} socket */
  #use(socket) {
    let status = 0;
    socket.binaryType = 'arraybuffer';
    socket.onmessage = (event) => this.#received(event.data);
    socket.onerror = (event) => (status = statusOf(event));
    socket.onclose = (event) => this.#ended(event, status);
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

  /** @param {{code: number, reason: string, failure?: DepthcastError}} event @param {number} status of the handshake */
  #ended({ code, reason, failure }, status) {
    const greeted = this.#openedMillis > 0;
    this.#lost(code, String(reason ?? ''), failure);
    if (greeted || failure || code !== ABNORMAL || this.#state === 'closed') return;
    void this.#explain(status);
  }

  /** Says why there is no connection, and ends where asking again is of no use. @param {number} status */
  async #explain(status) {
    const attempt = this.#attempts;
    const failure = await this.#failures.explain(this.url, this.#token, status, Boolean(this.listener.token));
    if (failure && attempt === this.#attempts && this.#state !== 'closed') this.#fail(failure);
  }

  /** @param {DepthcastError} failure */
  #fail(failure) {
    this.listener.onFailure?.(failure);
    if (failure.terminal) this.#finish(ABNORMAL, failure.reason);
  }

  /** @param {number} code @param {string} reason @param {DepthcastError} [failure] that is known already */
  #lost(code, reason, failure) {
    this.#socket = null;
    this.#attempts++;
    this.#wayBack.cancel();
    if (!mayReconnect(code)) {
      this.#finish(code, reason);
      return;
    }
    const livedMillis = this.#openedMillis === 0 ? 0 : performance.now() - this.#openedMillis;
    const retryMillis = this.backoff.next(livedMillis, code, this.#hintMillis, this.#spreadMillis);
    this.#openedMillis = 0;
    this.#hintMillis = 0;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#open(), retryMillis);
    if (this.#state !== 'stale') this.#enter(this.#unconnected(), code, reason, retryMillis);
    if (failure) this.#fail(failure);
  }

  /** @returns {Socket|null} one beside the events */
  #beside() {
    const socketClass = presentSocketClass(this.#options.WebSocket);
    return this.#state === 'connected' && socketClass ? this.#webSocket(socketClass) : null;
  }

  /** @param {Socket} socket */
  #takeOver(socket) {
    if (this.#state === 'closed') {
      silence(socket);
      socket.close(NORMAL, 'not needed');
      return;
    }
    this.#letGo('a WebSocket takes over');
    this.#failures.forget();
    this.#openedMillis = 0;
    this.#enter('resuming', 0, 'a WebSocket takes over');
    this.#use(socket);
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
    this.giveUp(reason);
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
    silence(socket);
    socket.close(NORMAL, reason);
  }

  /** @param {number} code @param {string} reason */
  #finish(code, reason) {
    clearTimeout(this.#retry);
    this.#wayBack.cancel();
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
