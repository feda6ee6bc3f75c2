// @ts-check
import { byId, cellById, setAttribute } from './cells.js';
import { Meter } from './meter.js';

/**
 * @typedef {import('../client/v1/depthcast.js').Depthcast} Depthcast
 * @typedef {import('../client/v1/connection.js').StateChange} StateChange
 */

/** @type {Record<string, string>} */
const LABELS = {
  connecting: 'Connecting',
  connected: 'Connected',
  overloaded: 'Overloaded',
  resuming: 'Resuming',
  stale: 'Stale',
  offline: 'Offline',
  closed: 'Offline',
};

/** The bar at the top: whether what is on the screen is live, how old it is, and what it costs. */
export class Status {
  #client;
  #frames;
  #meter = new Meter();
  #state = byId('state');
  #label = cellById('state-text');
  #detail = cellById('state-detail');
  #alarm = cellById('alarm');
  #age = cellById('meter-age');
  #updates = cellById('meter-updates');
  #bytes = cellById('meter-bytes');
  #gaps = cellById('meter-gaps');
  #resyncs = cellById('meter-resyncs');
  #fps = cellById('meter-fps');
  /** Why the connection is not there. */
  #reason = '';
  /** What the server said last, as long as it matters. */
  #notice = '';

  /** What to do about a connection that is refused, where that is known. */
  hint = '';

  /** @param {Depthcast} client @param {import('./frames.js').Frames} frames */
  constructor(client, frames) {
    this.#client = client;
    this.#frames = frames;
    client.addEventListener('state', (event) => this.#onState(/** @type {CustomEvent} */ (event).detail));
    client.addEventListener('notice', (event) => this.#onNotice(/** @type {CustomEvent} */ (event).detail));
  }

  /** @param {number} nowMillis */
  paint(nowMillis) {
    const { counters } = this.#client;
    this.#meter.sample(nowMillis, counters);
    this.#paintState();
    const { updatesPerSecond, bytesPerSecond } = this.#meter.rates;
    this.#age.set(counters.connects === 0 ? '–' : duration(this.#client.silenceMillis));
    this.#updates.set(`${Math.round(updatesPerSecond).toLocaleString('en')}/s`);
    this.#bytes.set(`${(bytesPerSecond / 1000).toFixed(1)} kB/s`);
    this.#gaps.set(String(counters.gaps));
    this.#resyncs.set(String(counters.resyncs));
    this.#fps.set(`${Math.round(this.#frames.fps)} fps`);
  }

  #paintState() {
    const { state, feed, silenceMillis } = this.#client;
    const silent = silenceMillis > this.#meter.patienceMillis;
    const stale = state === 'connected' && (feed !== 'live' || silent);
    const live = state === 'connected' && !stale;
    const shown = stale ? 'stale' : live && this.#client.overloaded ? 'overloaded' : state;
    this.#say(shown);
    if (state === 'closed') this.#detail.set(this.#reason);
    else if (shown === 'overloaded') this.#detail.set(this.#notice || `every ${duration(this.#client.flushMillis)}`);
    else if (live) this.#detail.set(this.#notice);
    else if (state === 'connected' && feed !== 'live') this.#detail.set(`feed ${feed}`);
    else if (this.hint) this.#detail.set(this.hint);
    else if (this.#client.counters.connects > 0) this.#detail.set(`data ${duration(silenceMillis)} old`);
    setAttribute(document.documentElement, 'data-stale', String(!live));
  }

  /** @param {string} shown */
  #say(shown) {
    if (this.#state.dataset.state === shown) return;
    this.#state.dataset.state = shown;
    this.#state.title = this.#reason;
    this.#label.set(LABELS[shown]);
    this.#alarm.set(`${LABELS[shown]}. ${this.#reason}`);
  }

  /** @param {StateChange} change */
  #onState({ state, code, reason }) {
    this.#reason = code === 0 ? '' : `${reason || 'the connection ended'} (${code})`;
    const { lastClose } = this.#client;
    if (state === 'connected' && lastClose) this.#reason = `before: ${lastClose.reason} (${lastClose.code})`;
    this.#notice = '';
  }

  /** @param {{code: string, behindMillis?: number}} notice */
  #onNotice({ code, behindMillis }) {
    if (code === 'overloaded' || code === 'recovered') return;
    if (code === 'live') this.#notice = '';
    else this.#notice = behindMillis === undefined ? code : `${code}, ${duration(behindMillis)} behind`;
  }
}

/** @param {number} millis */
export function duration(millis) {
  if (millis < 1000) return `${Math.round(millis)} ms`;
  if (millis < 60_000) return `${(millis / 1000).toFixed(1)} s`;
  return `${Math.floor(millis / 60_000)} min ${Math.floor((millis % 60_000) / 1000)} s`;
}
