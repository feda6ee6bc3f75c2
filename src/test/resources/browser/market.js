// @ts-check
import { Book } from '/client/v1/book.js';
import { CompactDecoder } from '/client/v1/compact.js';
import { toMessage } from '/client/v1/json.js';
import { decode } from '/client/v1/sbe.js';

/**
 * What a test in Java asks of the client's modules.
 *
 * @typedef {import('/client/v1/sbe.js').DataMessage} DataMessage
 * @typedef {import('/client/v1/sbe.js').Instrument} Instrument
 */

/** @param {string} base64 @returns {ArrayBuffer} */
function bytes(base64) {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)).buffer;
}

/** @typedef {(buffer: ArrayBuffer, onMessage: (message: DataMessage) => void) => void} Decode */

/** @param {string} encoding @param {import('/client/v1/compact.js').Held|null} held @returns {Decode} */
function decoder(encoding, held) {
  if (encoding === 'sbe') return decode;
  const compact = new CompactDecoder(() => held);
  return (buffer, onMessage) => compact.decode(buffer, onMessage);
}

/** @param {ArrayBuffer} buffer @param {Decode} [decode] @returns {any[]} */
function read(buffer, decode = decoder('sbe', null)) {
  /** @type {DataMessage[]} */
  const messages = [];
  decode(buffer, (message) => messages.push(message));
  return messages;
}

/** @param {import('/client/v1/side.js').BookSide} side as Java's `Levels` writes itself */
function text(side) {
  const levels = Array.from({ length: side.length }, (_, i) => `${side.priceTicks[i]}x${side.sizeLots[i]}`);
  return `[${levels.join(' ')}]`;
}

/**
 * @param {{encoding: string, frames: string[]}} given frames in base64, of one book, the definitions first
 * @returns {string[]} outcome and whole state after each
 */
export function followBook({ encoding, frames: [definitions, ...frames] }) {
  const [{ instruments }] = read(bytes(definitions), decoder(encoding, null));
  const book = new Book(instruments[0]);
  const decode = decoder(encoding, book);
  return frames.map((frame) => {
    const [message] = read(bytes(frame), decode);
    return `${book.apply(message)} ${book.version} ${text(book.bids)} ${text(book.asks)}`;
  });
}

/**
 * @param {{sbe: string, compact: string, json: string}} all encodings of the same messages, the definitions first
 * @returns {string[][]} what was read from each, as JSON
 */
export function readAll({ sbe, compact, json }) {
  const all = [read(bytes(sbe)), fromJson(JSON.parse(json)), read(bytes(compact), decoder('compact', null))];
  const sorted = (/** @type {any} */ message) => JSON.stringify(message, Object.keys(message).sort());
  return all.map((messages) => messages.map((message) => sorted(flat(message))));
}

/** @param {any[]} messages @returns {any[]} each read with the definitions before it */
function fromJson(messages) {
  /** @type {Map<string, Instrument>} */
  let bySymbol = new Map();
  return messages.map((text) => {
    const message = toMessage(text, bySymbol);
    if (message?.type === 'instruments') bySymbol = new Map(message.instruments.map((each) => [each.symbol, each]));
    return message;
  });
}

/**
 * @param {{encoding: string, message: string}} given one message in base64
 * @returns {number[]} the lengths to which it can be cut without being refused
 */
export function acceptedCuts({ encoding, message }) {
  const whole = bytes(message);
  const decode = decoder(encoding, new Book(/** @type {any} */ ({})));
  const lengths = Array.from({ length: whole.byteLength }, (_, length) => length);
  return lengths.filter((length) => {
    try {
      return read(whole.slice(0, length), decode).length > 0;
    } catch (e) {
      if (e instanceof RangeError) return false;
      throw e;
    }
  });
}

/** @param {any} message @returns {object} with nested columns as plain text, for comparison */
function flat(message) {
  const entries = Object.entries(message).map(([name, value]) => [name, JSON.stringify(value)]);
  return Object.fromEntries(entries);
}
