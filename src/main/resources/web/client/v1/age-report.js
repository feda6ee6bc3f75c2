// @ts-check
import { ServerClock } from './server-clock.js';

/** Beyond the ids of other commands. */
const FIRST_ID = 2 ** 40;
/** The server takes no more: beyond that a clock is wrong, or a feed stands still and says so. */
const MAX_AGE_MILLIS = 600_000;
/** There is one every 5 s. */
const HEARTBEATS_PER_REPORT = 2;

/** Tells the server, in a ping at every other heartbeat, how old the newest price was when it was applied. */
export class AgeReport {
  #clock = new ServerClock();
  #heartbeats = 0;
  #id = FIRST_ID;
  #sentMillis = 0;
  /** Of the newest event applied since the last ping, and when it was applied. */
  #eventMillis = 0;
  #appliedMillis = 0;
  #applied = false;
  #understood = true;

  /** @param {(text: string) => void} send */
  constructor(send) {
    this.send = send;
  }

  /** @param {number} timeMicros of the newest event in what was applied @param {number} nowMillis */
  applied(timeMicros, nowMillis) {
    this.#eventMillis = timeMicros / 1000;
    this.#appliedMillis = nowMillis;
    this.#applied = true;
  }

  /** @param {number} timeMicros of an event @param {number} nowMillis @returns {number|null} how old it is, if the server's clock is known */
  ageMillis(timeMicros, nowMillis) {
    const serverMillis = this.#clock.millisAt(nowMillis);
    return serverMillis === null ? null : serverMillis - timeMicros / 1000;
  }

  /** A heartbeat came. @param {number} nowMillis */
  beat(nowMillis) {
    if (!this.#understood || this.#heartbeats++ % HEARTBEATS_PER_REPORT !== 0) return;
    this.#id++;
    this.#sentMillis = nowMillis;
    this.send(JSON.stringify({ op: 'ping', id: this.#id, ageMillis: this.#takeAge() }));
  }

  /** @returns {number|undefined} nothing if nothing was applied since the last time, or the server's clock is not known yet */
  #takeAge() {
    const thenMillis = this.#applied ? this.#clock.millisAt(this.#appliedMillis) : null;
    if (thenMillis === null) return undefined;
    this.#applied = false;
    return Math.round(Math.max(0, Math.min(thenMillis - this.#eventMillis, MAX_AGE_MILLIS)));
  }

  /** @param {Record<string, any>} control @param {number} nowMillis @returns {boolean} whether it is for nobody else */
  takes(control, nowMillis) {
    if (control.op === 'welcome') this.#opened();
    if (!(control.id >= FIRST_ID)) return false;
    if (control.op === 'pong' && control.id === this.#id) {
      this.#clock.roundTrip(this.#sentMillis, nowMillis, control.time);
    }
    // An older server does not know the field.
    if (control.code === 'bad-request') this.#understood = false;
    return true;
  }

  /** Nothing is known of a new server. */
  #opened() {
    this.#clock.forget();
    this.#applied = false;
    this.#understood = true;
    this.#heartbeats = 0;
    this.#id++;
  }
}
