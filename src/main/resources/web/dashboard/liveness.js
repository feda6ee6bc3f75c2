// @ts-check
import { duration, roughly, timeOfDay } from './durations.js';
import { token } from './token.js';

/**
 * @typedef {import('../client/v1/depthcast.js').Depthcast} Depthcast
 * @typedef {import('../client/v1/gateway-state.js').StateChange} StateChange
 *
 * Whether what is on the screen is live, in a word and in some more.
 * @typedef {'connecting'|'connected'|'conflating'|'overloaded'|'frozen'|'resuming'|'stale'|'offline'|'closed'} Shown
 * @typedef {{shown: Shown, detail: string, live: boolean}} Liveness
 */

const UNAUTHORIZED = 401;
const OPEN_WITH_TOKEN = 'open this page as /#token=…';

/** Judges it from what the client knows. */
export class LivenessJudge {
  /** @type {StateChange|null} */
  #change = null;
  #dueMillis = 0;
  /** What the server said last, as long as it matters. */
  #notice = '';
  #client;

  /** @param {Depthcast} client */
  constructor(client) {
    this.#client = client;
    client.on('state', (change) => {
      this.#change = change;
      this.#dueMillis = performance.now() + change.retryMillis;
      if (change.state !== 'live' && change.state !== 'conflating') this.#notice = '';
    });
    client.on('notice', (notice) => this.#noticed(notice));
  }

  /** Why the last connection ended, or the one before. */
  get reason() {
    const { lastClose } = this.#client;
    if (this.#change?.code) return `${this.#change.reason || 'the connection ended'} (${this.#change.code})`;
    return lastClose ? `before: ${lastClose.reason} (${lastClose.code})` : '';
  }

  /** @param {number} patienceMillis how long silence may last @param {number} frozenAt 0 if it is not @returns {Liveness} */
  judge(patienceMillis, frozenAt) {
    const { state, silenceMillis, overloaded } = this.#client;
    const connected = state === 'live' || state === 'conflating';
    const silent = connected && silenceMillis > patienceMillis;
    if (frozenAt > 0) return { shown: 'frozen', detail: this.#frozen(frozenAt), live: connected && !silent };
    if (silent) return { shown: 'stale', detail: this.#old(), live: false };
    if (!connected) return { shown: state === 'stale' ? 'stale' : state, detail: this.#missing(), live: false };
    if (overloaded) return { shown: 'overloaded', detail: this.#overloaded(), live: true };
    if (state === 'conflating') return { shown: 'conflating', detail: this.#notice, live: true };
    return { shown: 'connected', detail: this.#notice || this.#carrier(), live: true };
  }

  /** @param {number} frozenAt */
  #frozen(frozenAt) {
    return `since ${timeOfDay(frozenAt)}, ${roughly(Date.now() - frozenAt)} behind`;
  }

  #overloaded() {
    return this.#notice || `every ${duration(this.#client.flushMillis)}`;
  }

  #carrier() {
    return this.#client.carrier === 'events' ? 'by events: no WebSocket comes through' : '';
  }

  #old() {
    return this.#client.counters.connects > 0 ? `data ${duration(this.#client.silenceMillis)} old` : '';
  }

  /** Why there is no connection, and when there may be one. */
  #missing() {
    const { failure, state, feed } = this.#client;
    if (state === 'stale' && feed === 'stale') return 'the feed is silent';
    const why = failure?.status === UNAUTHORIZED ? unauthorized() : (failure?.reason ?? '');
    if (state === 'closed') return why || this.reason || 'closed';
    return [this.#old(), why, this.#attempt()].filter(Boolean).join(', ');
  }

  #attempt() {
    const { attempt = 0 } = this.#change ?? {};
    const waitMillis = this.#dueMillis - performance.now();
    if (attempt === 0) return 'to the gateway';
    return waitMillis > 500 ? `attempt ${attempt + 1} in ${roughly(waitMillis)}` : `attempt ${attempt + 1}`;
  }

  /** @param {Record<string, any>} notice */
  #noticed({ code, behindMillis }) {
    if (code === 'overloaded' || code === 'recovered') return;
    if (code === 'live') this.#notice = '';
    else if (code === 'conflating')
      this.#notice = behindMillis ? `${duration(behindMillis)} behind` : 'updates are merged';
    else this.#notice = behindMillis === undefined ? code : `${code}, ${duration(behindMillis)} behind`;
  }
}

function unauthorized() {
  return `${token() ? 'the token has expired or is not taken' : 'needs a token'}: ${OPEN_WITH_TOKEN}`;
}
