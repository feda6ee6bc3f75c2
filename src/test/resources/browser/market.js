// @ts-check
import { Book } from '/client/v1/book.js';
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

/** @param {ArrayBuffer} buffer @returns {any[]} */
function read(buffer) {
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

/** @param {string[]} frames in base64, of one book @returns {string[]} outcome and whole state after each */
export function followBook([definitions, ...frames]) {
  const [{ instruments }] = read(bytes(definitions));
  const book = new Book(instruments[0]);
  return frames.map((frame) => {
    const [message] = read(bytes(frame));
    return `${book.apply(message)} ${book.version} ${text(book.bids)} ${text(book.asks)}`;
  });
}

/**
 * @param {{sbe: string, json: string}} both encodings of the same messages, first in SBE the definitions
 * @returns {string[][]} what was read from either, as JSON
 */
export function readBoth({ sbe, json }) {
  const [{ instruments }, ...messages] = read(bytes(sbe));
  const bySymbol = new Map(instruments.map((/** @type {Instrument} */ instrument) => [instrument.symbol, instrument]));
  const sorted = (/** @type {any} */ message) => JSON.stringify(message, Object.keys(message).sort());
  return [messages, JSON.parse(json).map((/** @type {any} */ message) => toMessage(message, bySymbol))].map((all) =>
    all.map((/** @type {any} */ message) => sorted(flat(message))),
  );
}

/** @param {string} base64 one message @returns {number[]} the lengths to which it can be cut without being refused */
export function acceptedCuts(base64) {
  const whole = bytes(base64);
  const lengths = Array.from({ length: whole.byteLength }, (_, length) => length);
  return lengths.filter((length) => {
    try {
      return read(whole.slice(0, length)).length > 0;
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
