// @ts-check

/** @typedef {import('./sockets.js').Socket} Socket */

/** While events stand in, a WebSocket is tried this often. */
const TRY_MILLIS = 30_000;

/** Tries, beside the events that stand in, whether a WebSocket comes through again. */
export class WayBack {
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;
  #open;
  #takeOver;
  #tryMillis;

  /** @param {() => Socket|null} open @param {(socket: Socket) => void} takeOver one that is open @param {number} [tryMillis] */
  constructor(open, takeOver, tryMillis = TRY_MILLIS) {
    this.#open = open;
    this.#takeOver = takeOver;
    this.#tryMillis = tryMillis;
  }

  schedule() {
    this.cancel();
    this.#timer = setTimeout(() => this.#attempt(), this.#tryMillis);
  }

  cancel() {
    clearTimeout(this.#timer);
  }

  #attempt() {
    const socket = this.#open();
    if (!socket) return;
    socket.onerror = () => {};
    socket.onclose = () => this.schedule();
    socket.onopen = () => this.#takeOver(socket);
  }
}
