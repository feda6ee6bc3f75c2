// @ts-check
import { FrameDecoder } from './frame-decoder.js';
import { startDecodeWorker } from './worker-port.js';

/**
 * @typedef {import('./sbe.js').DataMessage} DataMessage
 * @typedef {import('./compact.js').Held} Held
 * @typedef {import('./decode-worker.js').Read} Read
 * @typedef {import('./worker-port.js').WorkerPort} WorkerPort
 *
 * What waits for its turn: a frame that a worker shall read, one that it reads, or something to do.
 * @typedef {ArrayBuffer | 'read' | (() => void)} Turn
 *
 * @typedef {object} InletListener
 * @property {(instrument: number, depth: number, group: number) => Held|null} held see `CompactDecoder`
 * @property {(message: DataMessage) => void} onMessage
 * @property {(reason: string) => void} onUnreadable a frame, from somewhere on
 */

/**
 * What comes over a connection, in the order in which it came. Frames are read at once and here or, where that is wanted, by a
 * worker; then whatever comes behind a frame waits until that is read. Where no worker can be had they are read here.
 */
export class Inlet {
  /** @type {Turn[]} */
  #turns = [];
  /** @type {WorkerPort|null} */
  #worker = null;
  /** A worker is there, or on its way. */
  #usesWorker = false;
  /** Workers that were started, of which only the last counts. */
  #started = 0;
  #clockMicros = 0;
  #subprotocol;
  #listener;
  #decoder;

  /** @param {string} subprotocol @param {InletListener} listener */
  constructor(subprotocol, listener) {
    this.#subprotocol = subprotocol;
    this.#listener = listener;
    this.#decoder = new FrameDecoder(subprotocol, listener.held);
  }

  /** Has a worker read what comes from now on. @returns {boolean} false if one does already */
  startWorker() {
    if (this.#usesWorker) return false;
    this.#usesWorker = true;
    const own = ++this.#started;
    /** @type {Promise<WorkerPort>} */
    const starting = startDecodeWorker({
      onData: (data) => own === this.#started && this.#hear(data, starting),
      onFailure: () => own === this.#started && this.#doWithout(),
    });
    starting.catch(() => own === this.#started && this.#doWithout());
    starting.then(
      (worker) => own === this.#started || worker.close(),
      () => {},
    );
    return true;
  }

  /** Ends the worker, with what it has not read yet. */
  stopWorker() {
    this.#started++;
    this.#usesWorker = false;
    this.#worker?.close();
    this.#worker = null;
    this.#turns = this.#turns.filter((turn) => typeof turn === 'function');
    this.#goOn();
  }

  /** @param {number} timeMicros the gateway's time, as `welcome` says it */
  clock(timeMicros) {
    this.#clockMicros = timeMicros;
    this.#decoder.clock(timeMicros);
    this.#worker?.post({ clockMicros: timeMicros });
  }

  /** @param {ArrayBuffer} bytes a frame */
  frame(bytes) {
    if (!this.#usesWorker) this.#readHere(bytes);
    else if (this.#worker) this.#send(this.#worker, this.#turns.push('read') - 1, bytes);
    else this.#turns.push(bytes);
  }

  /** @param {() => void} action to be done once all frames before it have been read */
  inOrder(action) {
    if (this.#turns.length === 0) action();
    else this.#turns.push(action);
  }

  /** @param {'ready'|Read} data @param {Promise<WorkerPort>} starting */
  #hear(data, starting) {
    if (data === 'ready') void starting.then((worker) => this.#workerIsReady(worker));
    else this.#take(data);
  }

  /** @param {WorkerPort} worker */
  #workerIsReady(worker) {
    this.#worker = worker;
    worker.post({ subprotocol: this.#subprotocol });
    worker.post({ clockMicros: this.#clockMicros });
    this.#turns.forEach((turn, i) => turn instanceof ArrayBuffer && this.#send(worker, i, turn));
  }

  /** @param {WorkerPort} worker @param {number} at its turn @param {ArrayBuffer} bytes */
  #send(worker, at, bytes) {
    this.#turns[at] = 'read';
    worker.post(bytes, [bytes]);
  }

  /** @param {Read} read by the worker */
  #take({ messages, unreadable }) {
    this.#turns.shift();
    for (const message of messages) this.#listener.onMessage(message);
    if (unreadable) this.#listener.onUnreadable(unreadable);
    this.#goOn();
  }

  /** What it was reading is lost, which the books will notice. */
  #doWithout() {
    this.#worker = null;
    this.#usesWorker = false;
    this.#turns = this.#turns.filter((turn) => turn !== 'read');
    this.#goOn();
  }

  /** Up to the next frame that a worker has, or is to be given. */
  #goOn() {
    for (let [turn] = this.#turns; turn !== undefined && turn !== 'read'; [turn] = this.#turns) {
      if (turn instanceof ArrayBuffer && this.#usesWorker) return;
      this.#turns.shift();
      if (turn instanceof ArrayBuffer) this.#readHere(turn);
      else turn();
    }
  }

  /** @param {ArrayBuffer} bytes */
  #readHere(bytes) {
    try {
      this.#decoder.decode(bytes, this.#listener.onMessage);
    } catch (e) {
      if (!(e instanceof RangeError)) throw e;
      this.#listener.onUnreadable(e.message);
    }
  }
}
