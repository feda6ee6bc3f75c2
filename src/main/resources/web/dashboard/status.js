// @ts-check
import { byId, cellById, setAttribute } from './cells.js';
import { duration } from './durations.js';
import { LivenessJudge } from './liveness.js';

/**
 * @typedef {import('../client/v1/depthcast.js').Depthcast} Depthcast
 * @typedef {import('./meter.js').Meter} Meter
 * @typedef {import('./frames.js').Frames} Frames
 * @typedef {import('./ages.js').Ages} Ages
 */

/** @type {Record<import('./liveness.js').Shown, string>} */
const LABELS = {
  connecting: 'Connecting',
  connected: 'Connected',
  conflating: 'Conflating',
  overloaded: 'Overloaded',
  frozen: 'FROZEN',
  resuming: 'Resuming',
  stale: 'Stale',
  offline: 'Offline',
  closed: 'Offline',
};

/** The bar at the top: whether what is on the screen is live, how old it is, and what it costs. */
export class Status {
  judge;
  /** @type {import('./liveness.js').Liveness} */
  now = { shown: 'connecting', detail: '', live: false };
  #frames;
  #meter;
  #ages;
  #state = byId('state');
  #label = cellById('state-text');
  #detail = cellById('state-detail');
  #age = cellById('meter-age');
  #updates = cellById('meter-updates');
  #bytes = cellById('meter-bytes');

  /** @param {Depthcast} client @param {Frames} frames @param {Meter} meter @param {Ages} ages */
  constructor(client, frames, meter, ages) {
    this.judge = new LivenessJudge(client);
    this.#frames = frames;
    this.#meter = meter;
    this.#ages = ages;
  }

  /** Also while nothing is painted, as for the title of a hidden tab. */
  update() {
    this.now = this.judge.judge(this.#meter.patienceMillis, this.#frames.frozenAt);
  }

  paint() {
    this.update();
    const { shown, detail, live } = this.now;
    setAttribute(this.#state, 'data-state', shown);
    setAttribute(this.#state, 'title', this.judge.reason);
    this.#label.set(LABELS[shown]);
    this.#detail.set(detail);
    setAttribute(document.documentElement, 'data-stale', String(!live));
    setAttribute(document.documentElement, 'data-frozen', String(this.#frames.frozen));
    const { updatesPerSecond, bytesPerSecond } = this.#meter.rates;
    const age = this.#ages.percentile(50);
    this.#age.set(age === null || !live ? '–' : duration(age));
    this.#updates.set(`${Math.round(updatesPerSecond).toLocaleString('en')}/s`);
    this.#bytes.set(`${(bytesPerSecond / 1000).toFixed(1)} kB/s`);
  }

  /** For those who listen. */
  get words() {
    const { shown, detail } = this.now;
    return `${LABELS[shown]}${detail && `, ${detail}`}`;
  }
}
