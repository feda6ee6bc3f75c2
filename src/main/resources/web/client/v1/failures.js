// @ts-check
import { askWhy, refusal } from './refusal.js';

/** @typedef {import('./errors.js').DepthcastError} DepthcastError */

/** Attempts in a row that brought no welcome before events stand in. */
const ATTEMPTS_BEFORE_EVENTS = 3;
/** A fresh token may be taken where the last was not. */
const REFUSALS_WITH_FRESH_TOKENS = 2;
const UNAUTHORIZED = 401;

/** What is known of the attempts since the last welcome. */
export class Failures {
  #inARow = 0;
  #unauthorized = 0;
  #reachable = false;
  #eventsAllowed;
  #askWhy;

  /** @param {boolean} eventsAllowed @param {typeof askWhy} [ask] */
  constructor(eventsAllowed, ask = askWhy) {
    this.#eventsAllowed = eventsAllowed;
    this.#askWhy = ask;
  }

  /** Whether server-sent events stand in: the gateway answers, but lets no WebSocket through. */
  get useEvents() {
    return this.#eventsAllowed && this.#reachable && this.#inARow >= ATTEMPTS_BEFORE_EVENTS;
  }

  /** A WebSocket came about, or everything begins anew. */
  forget() {
    this.#inARow = 0;
    this.#unauthorized = 0;
    this.#reachable = false;
  }

  /**
   * @param {string} url @param {string} token @param {number} status of the handshake, 0 if it is not known
   * @param {boolean} renewable whether there may be another token
   * @returns {Promise<DepthcastError|null>} null where it is not asked, for the sake of a gateway that struggles
   */
  async explain(url, token, status, renewable) {
    this.#inARow++;
    if (this.#inARow > ATTEMPTS_BEFORE_EVENTS && this.#inARow % ATTEMPTS_BEFORE_EVENTS !== 0) return null;
    const failure = status > 0 ? refusal(status) : await this.#askWhy(url, token);
    this.#reachable = failure.code === 'blocked';
    if (failure.status === UNAUTHORIZED && renewable) {
      failure.terminal = ++this.#unauthorized >= REFUSALS_WITH_FRESH_TOKENS;
    }
    return failure;
  }
}
