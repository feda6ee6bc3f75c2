// @ts-check
import { DepthcastError } from './errors.js';

/** Beyond those of subscriptions, below those of pings. */
const FIRST_ID = 2 ** 39;

/** Commands that somebody waits for: each is answered by its id, or by the end of the connection. */
export class Commands {
  #nextId = FIRST_ID;
  /** @type {Map<number, {resolve: (answer: any) => void, reject: (error: DepthcastError) => void}>} */
  #waiting = new Map();
  #send;

  /** @param {(text: string) => boolean} send */
  constructor(send) {
    this.#send = send;
  }

  /** @param {Record<string, any>} command @returns {Promise<any>} its answer */
  ask(command) {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      if (this.#send(JSON.stringify({ id, ...command }))) return;
      this.#waiting.delete(id);
      reject(new DepthcastError('closed', 'there is no connection'));
    });
  }

  /** @param {Record<string, any>} control @returns {boolean} whether somebody waited for it */
  takes(control) {
    const waiting = this.#waiting.get(control.id);
    if (!waiting) return false;
    this.#waiting.delete(control.id);
    if (control.op === 'error') waiting.reject(new DepthcastError(control.code, control.reason));
    else waiting.resolve(control);
    return true;
  }

  /** The connection ended. */
  lost() {
    for (const { reject } of this.#waiting.values()) {
      reject(new DepthcastError('closed', 'the connection ended before the answer'));
    }
    this.#waiting.clear();
  }
}
