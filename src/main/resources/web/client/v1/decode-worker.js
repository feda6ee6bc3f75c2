// @ts-check
import { Book } from './book.js';
import { hasSameSteps } from './decimal.js';
import { FrameDecoder } from './frame-decoder.js';
import { laneOf } from './lane.js';

/**
 * Runs in a worker: reads frames for an `Inlet`. The compact encoding tells prices from those of the book held, so that the
 * books are kept here as well.
 *
 * @typedef {import('./sbe.js').DataMessage} DataMessage
 * @typedef {import('./sbe.js').BookMessage} BookMessage
 * @typedef {import('./sbe.js').Instrument} Instrument
 * @typedef {{messages: DataMessage[], unreadable: string}} Read `unreadable` says why the rest could not be read, or is empty
 */

/** @type {Map<number, Instrument>} */
const instruments = new Map();
/** @type {Map<number, Map<string, Book>>} by instrument and lane */
const books = new Map();
/** @type {FrameDecoder|undefined} */
let decoder;

/** In Node a worker has a port of its own. */
const threads = 'node:worker_threads';
const inPage = 'postMessage' in globalThis;
const port = inPage ? globalThis : (await import(threads)).parentPort;
if (inPage) port.onmessage = (/** @type {MessageEvent} */ { data }) => receive(data);
else port.on('message', receive);
port.postMessage('ready');

/** @param {ArrayBuffer | {subprotocol: string} | {clockMicros: number}} data */
function receive(data) {
  if (data instanceof ArrayBuffer) port.postMessage(read(data));
  else if ('subprotocol' in data) decoder = new FrameDecoder(data.subprotocol, held);
  else decoder?.clock(data.clockMicros);
}

/** @param {ArrayBuffer} bytes @returns {Read} */
function read(bytes) {
  /** @type {DataMessage[]} */
  const messages = [];
  try {
    decoder?.decode(bytes, (message) => {
      see(message);
      messages.push(message);
    });
    return { messages, unreadable: '' };
  } catch (e) {
    if (!(e instanceof RangeError)) throw e;
    return { messages, unreadable: e.message };
  }
}

/** @param {number} instrument @param {number} depth @param {number} group */
function held(instrument, depth, group) {
  const book = books.get(instrument)?.get(laneOf('book', { depth, group }));
  return book && !book.waiting ? book : null;
}

/** @param {DataMessage} message */
function see(message) {
  if (message.type === 'instruments') define(message.instruments);
  else if (message.type === 'snapshot' || message.type === 'delta') bookOf(message)?.apply(message);
}

/** @param {Instrument[]} all that there are now */
function define(all) {
  const before = new Map(instruments);
  instruments.clear();
  for (const instrument of all) instruments.set(instrument.id, instrument);
  for (const id of books.keys()) {
    const [then, now] = [before.get(id), instruments.get(id)];
    if (!then || !now || !hasSameSteps(then, now)) books.delete(id);
  }
}

/** @param {BookMessage} message @returns {Book|undefined} */
function bookOf(message) {
  const instrument = instruments.get(message.instrument);
  if (!instrument) return undefined;
  const lane = laneOf('book', message);
  const there = books.get(instrument.id) ?? new Map();
  books.set(instrument.id, there);
  if (!there.has(lane)) there.set(lane, new Book(instrument, message));
  return there.get(lane);
}
