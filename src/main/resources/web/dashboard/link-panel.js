// @ts-check
import { byId, cellById } from './cells.js';
import { duration } from './durations.js';

/**
 * @typedef {import('../client/v1/depthcast.js').Depthcast} Depthcast
 * @typedef {import('./meter.js').Meter} Meter
 * @typedef {import('./frames.js').Frames} Frames
 * @typedef {import('./ages.js').Ages} Ages
 * @typedef {import('./status.js').Status} Status
 */

/** @type {Record<string, string>} */
const ENCODINGS = { compact: 'compact', sbe: 'SBE', json: 'JSON' };
/** @type {Record<string, string>} */
const RUNGS = {
  live: 'every update',
  conflating: 'merged updates: this client is behind its limit or its network',
  slow: 'about to be closed: far behind',
};
const UNLIMITED_BYTES = 4_194_304;

/** How the gateway serves this page, and what it does when it is told to send less. */
export class LinkPanel {
  #client;
  #frames;
  #meter;
  #ages;
  #status;
  #limit = /** @type {HTMLSelectElement} */ (byId('limit'));
  #before = 0;
  #inForce = 0;
  #summary = cellById('link-summary');
  #carrier = cellById('link-carrier');
  #encoding = cellById('link-encoding');
  #updates = cellById('link-updates');
  #bytes = cellById('link-bytes');
  #perUpdate = cellById('link-per-update');
  #age = cellById('link-age');
  #fps = cellById('link-fps');
  #gaps = cellById('link-gaps');
  #rung = cellById('link-rung');
  #close = cellById('link-close');
  #effect = cellById('limit-effect');

  /** @param {Depthcast} client @param {{frames: Frames, meter: Meter, ages: Ages, status: Status}} sources */
  constructor(client, { frames, meter, ages, status }) {
    this.#client = client;
    this.#frames = frames;
    this.#meter = meter;
    this.#ages = ages;
    this.#status = status;
    this.#limit.addEventListener('change', () => this.#slowDown(Number(this.#limit.value)));
    // A new connection knows of no limit.
    client.on('state', ({ state }) => {
      if (state === 'live' || state === 'conflating') return;
      this.#limit.value = '0';
      this.#inForce = 0;
    });
  }

  paint() {
    const { counters, carrier, extensions, subprotocol, flushMillis, overloaded, pace, lastClose } = this.#client;
    const { updatesPerSecond, bytesPerSecond } = this.#meter.rates;
    this.#carrier.set(carrier === 'events' ? 'server-sent events' : 'WebSocket');
    const encoding = carrier === 'events' ? 'json' : (subprotocol.split('.').pop() ?? '');
    const deflated = carrier === 'events' ? 'gzip' : extensions.includes('deflate') ? 'deflate' : 'plain';
    this.#encoding.set(`${ENCODINGS[encoding]}, ${deflated}`);
    this.#updates.set(`${Math.round(updatesPerSecond).toLocaleString('en')}/s`);
    this.#bytes.set(`${(bytesPerSecond / 1000).toFixed(1)} kB/s`);
    this.#perUpdate.set(updatesPerSecond > 0 ? `${Math.round(bytesPerSecond / updatesPerSecond)} bytes` : '–');
    this.#age.set([50, 99].map((percent) => this.#ageAt(percent)).join(' / '));
    const { perSecond, slowdown } = this.#frames.rate;
    const less = slowdown >= 1.5 ? `, panels ${Math.round(slowdown)} times less often` : '';
    this.#fps.set(`${Math.round(perSecond)} frames/s${less}`);
    this.#gaps.set(`${counters.gaps} / ${counters.resyncs}`);
    const flush = overloaded ? `, overloaded: every ${duration(flushMillis)}` : '';
    this.#rung.set(
      `${RUNGS[pace]}${this.#status.now.detail && pace !== 'live' ? `, ${this.#status.now.detail}` : ''}${flush}`,
    );
    this.#close.set(lastClose ? `${lastClose.reason} (${lastClose.code})` : this.#status.judge.reason || 'none');
    this.#summary.set(`${Math.round(updatesPerSecond)}/s · ${(bytesPerSecond / 1000).toFixed(1)} kB/s · ${pace}`);
    this.#paintEffect(updatesPerSecond);
  }

  /** @param {number} percent */
  #ageAt(percent) {
    const age = this.#ages.percentile(percent);
    return age === null ? '–' : duration(age);
  }

  /** @param {number} updatesPerSecond */
  #paintEffect(updatesPerSecond) {
    if (this.#inForce === 0) return;
    const kilobytes = (this.#inForce / 1000).toLocaleString('en');
    const rates = `${Math.round(this.#before)} → ${Math.round(updatesPerSecond)} updates/s`;
    this.#effect.set(`${kilobytes} kB/s in force: ${rates}, ${this.#client.pace === 'live' ? 'still live' : 'merged'}`);
  }

  /** @param {number} bytesPerSecond 0 for as fast as it goes */
  async #slowDown(bytesPerSecond) {
    if (this.#inForce === 0) this.#before = this.#meter.rates.updatesPerSecond;
    const most = this.#client.welcome?.limits?.bytesPerSecond ?? UNLIMITED_BYTES;
    try {
      const inForce = await this.#client.limit(bytesPerSecond || most);
      this.#inForce = bytesPerSecond === 0 ? 0 : inForce;
      if (bytesPerSecond === 0) this.#effect.set('');
    } catch (e) {
      this.#effect.set(e instanceof Error ? e.message : String(e));
    }
  }
}
