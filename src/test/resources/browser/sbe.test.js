// @ts-check
import { decode, int64 } from '/client/v1/sbe.js';
import { equal, test, throws } from './harness.js';

const HEARTBEAT = 6;

/**
 * @param {number} template
 * @param {number[]} body
 * @param {{blockLength?: number, schema?: number, encoding?: number}} [header]
 */
function framed(template, body, { blockLength = body.length, schema = 1207, encoding = 0xeb50 } = {}) {
  const view = new DataView(new ArrayBuffer(14 + body.length));
  view.setUint32(0, view.byteLength);
  view.setUint16(4, encoding);
  [blockLength, template, schema, 1].forEach((value, i) => view.setUint16(6 + 2 * i, value, true));
  new Uint8Array(view.buffer).set(body, 14);
  return [...new Uint8Array(view.buffer)];
}

/** @param {number[]} bytes */
function read(bytes) {
  /** @type {unknown[]} */
  const messages = [];
  decode(new Uint8Array(bytes).buffer, (message) => messages.push(message));
  return messages;
}

const live = framed(HEARTBEAT, [1, 0, 0, 0, 0, 0, 0, 0, 0]);
const halted = framed(HEARTBEAT, [2, 0, 0, 0, 1, 0, 0, 0, 2]);
const liveMessage = { type: 'heartbeat', timeMicros: 1, feed: 'live' };
const haltedMessage = { type: 'heartbeat', timeMicros: 2 ** 32 + 2, feed: 'halted' };

test('should read integers of 64 bits within 2^53', () => {
  const values = [0, 1, -1, 2 ** 31, 2 ** 32, -(2 ** 32), 2 ** 53 - 1, -(2 ** 53 - 1)];
  const view = new DataView(new ArrayBuffer(8));
  const read = values.map((value) => {
    view.setBigInt64(0, BigInt(value), true);
    return int64(view, 0);
  });
  equal(read, values);
});

test('should read several messages of one frame in order', () => {
  equal(read([...live, ...halted]), [liveMessage, haltedMessage]);
});

test('should skip a template it does not know', () => {
  equal(read([...live, ...framed(99, [1, 2, 3]), ...halted]), [liveMessage, haltedMessage]);
});

test('should skip a schema it does not know', () => {
  equal(read([...framed(HEARTBEAT, [1, 2], { schema: 9 }), ...halted]), [haltedMessage]);
});

test('should skip fields behind those it knows', () => {
  equal(read([...framed(HEARTBEAT, [1, 0, 0, 0, 0, 0, 0, 0, 0, 42, 43]), ...halted]), [liveMessage, haltedMessage]);
});

test('should skip fields behind those it knows of a group entry', () => {
  const level = (/** @type {number} */ n) => [n, 0, 0, 0, 0, 0, 0, 0, n, 0, 0, 0, 0, 0, 0, 0, 77];
  const bids = [17, 0, 2, 0, ...level(5), ...level(4)];
  const snapshot = framed(1, [...new Array(48).fill(0), ...bids, 17, 0, 0, 0], { blockLength: 48 });
  equal(/** @type {any} */ (read(snapshot)[0]).bids, { priceTicks: { 0: 5, 1: 4 }, sizeLots: { 0: 5, 1: 4 } });
});

test('should refuse what is no message of this framing', () => {
  throws(() => read(framed(HEARTBEAT, [], { encoding: 0x1234 })), RangeError);
  throws(() => read(framed(HEARTBEAT, [1, 2, 3])), RangeError);
  throws(() => read(framed(HEARTBEAT, [1, 2, 3], { blockLength: 9 })), RangeError);
});

test('should refuse a group that claims more than there is', () => {
  const claims = [16, 0, 255, 255];
  throws(() => read(framed(1, [...new Array(48).fill(0), ...claims], { blockLength: 48 })), RangeError);
  throws(() => read(framed(7, [22, 0, 1, 0, ...new Array(22).fill(0)], { blockLength: 0 })), RangeError);
});
