// @ts-check

const WINDOW_MILLIS = 10_000;
const RATE_MILLIS = 2_000;
/** A market that moved this often within the window is a busy one. */
const BUSY_UPDATES = 20;
const BUSY_PATIENCE_MILLIS = 2_000;
/** A quiet market is only known to be alive by a heartbeat every 5 s. */
const QUIET_PATIENCE_MILLIS = 6_500;

/**
 * Rates from counters that only grow.
 *
 * @typedef {{atMillis: number, updates: number, bytes: number}} Sample
 */
export class Meter {
  /** @type {Sample[]} */
  #samples = [];

  /** @param {number} atMillis @param {{updates: number, bytes: number}} counters */
  sample(atMillis, { updates, bytes }) {
    this.#samples.push({ atMillis, updates, bytes });
    while (atMillis - this.#samples[0].atMillis > WINDOW_MILLIS) this.#samples.shift();
  }

  /** @returns {{updatesPerSecond: number, bytesPerSecond: number}} over the last two seconds */
  get rates() {
    const last = this.#samples[this.#samples.length - 1];
    const first = this.#samples.find((sample) => last.atMillis - sample.atMillis <= RATE_MILLIS);
    if (!first || first === last) return { updatesPerSecond: 0, bytesPerSecond: 0 };
    const seconds = (last.atMillis - first.atMillis) / 1000;
    return {
      updatesPerSecond: (last.updates - first.updates) / seconds,
      bytesPerSecond: (last.bytes - first.bytes) / seconds,
    };
  }

  /** How long silence may last before what is on the screen counts as old. */
  get patienceMillis() {
    const samples = this.#samples;
    const updates = samples.length === 0 ? 0 : samples[samples.length - 1].updates - samples[0].updates;
    return updates >= BUSY_UPDATES ? BUSY_PATIENCE_MILLIS : QUIET_PATIENCE_MILLIS;
  }
}
