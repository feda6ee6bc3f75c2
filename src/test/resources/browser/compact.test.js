// @ts-check
import { Book } from '/client/v1/book.js';
import { BitCursor } from '/client/v1/compact-bits.js';
import { Cursor } from '/client/v1/compact-cursor.js';
import { CompactDecoder } from '/client/v1/compact.js';
import { toInstrument, toMessage } from '/client/v1/json.js';
import { equal, test, throws } from './harness.js';

const protocol = await (await fetch('/docs/protocol.md')).text();

/** @param {string} heading */
function section(heading) {
  const start = protocol.indexOf(`\n### ${heading}\n`);
  if (start < 0) throw new Error(`no heading ${heading}`);
  return protocol.slice(start + heading.length + 6).split(/^##/m)[0];
}

/** @param {string} heading @param {string} language @param {number} [index] */
function fenced(heading, language, index = 0) {
  return section(heading)
    .split('```' + language + '\n')
    [index + 1].split('```')[0];
}

/** @param {string} heading @param {number} [index] */
function json(heading, index = 0) {
  return JSON.parse(fenced(heading, 'json', index));
}

/** @param {string} digits @returns {number[]} */
function parse(digits) {
  return digits
    .split(/\s+/)
    .filter(Boolean)
    .map((digit) => parseInt(digit, 16));
}

/** @param {string} heading @returns {number[]} */
function documented(heading) {
  return fenced(heading, 'text')
    .trim()
    .split('\n')
    .flatMap((line) => parse(line.split('   ')[0]));
}

/** @param {string} heading @returns {string[][]} the rows of the table whose first cells are bytes */
function rows(heading) {
  const lines = section(heading)
    .split('\n')
    .filter((line) => line.startsWith('| `'));
  return lines.map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.replaceAll('`', '').trim()),
  );
}

const instruments = new Map(
  json('Instruments list').instruments.map((/** @type {any} */ entry) => [entry.symbol, toInstrument(entry)]),
);
/** @param {number} priceTicks */
const best = (priceTicks) => ({ length: 1, priceTicks: [priceTicks] });
const HELD = { epoch: 1795363200000000, sequence: 812, bids: best(640001), asks: best(640002) };
const SENT_MICROS = 1795363205000000;

const heartbeat = documented('Compact heartbeat');

/** @param {number[]} bytes @param {import('/client/v1/compact.js').Held|null} [held] */
function read(bytes, held = HELD) {
  /** @type {any[]} */
  const messages = [];
  const decoder = new CompactDecoder(() => held);
  decoder.clock(SENT_MICROS);
  decoder.decode(new Uint8Array(bytes).buffer, (message) => messages.push(message));
  return messages;
}

/** @param {any} message */
function sorted(message) {
  return Object.keys(message)
    .sort()
    .map((name) => [name, message[name]]);
}

/** @param {any[]} got @param {any} expected */
function same([got], expected) {
  equal(sorted(got), sorted(expected));
}

const EXAMPLES = /** @type {const} */ ([
  ['Compact snapshot', 'The checksum', 0],
  ['Compact delta', 'The checksum', 1],
  ['Compact best bid and offer', 'bbo', 0],
  ['Compact trades', 'trades', 0],
  ['Compact venue ids', 'trades', 1],
  ['Compact instrument status', 'status', 0],
  ['Compact candle', 'candle', 0],
  ['Compact heartbeat', 'heartbeat', 0],
]);

for (const [compact, readable, index] of EXAMPLES) {
  test(`should read the documented example of ${compact} as that of JSON`, () => {
    same(read(documented(compact)), toMessage(json(readable, index), instruments));
  });
}

test('should read the documented instruments', () => {
  const [message] = read(documented('Compact instruments'));
  equal(message.instruments.map(sorted), json('instruments').instruments.map(toInstrument).map(sorted));
});

test('should refuse names of other trades than those that follow', () => {
  const named = documented('Compact venue ids');
  throws(() => read(named.slice(0, 13)), RangeError);
  throws(() => read([...named.slice(0, 13), ...heartbeat]), RangeError);
  throws(() => read(named.with(4, 2)), RangeError);
});

/** @param {number[]} bytes */
function bitCursor(bytes) {
  const view = new DataView(new Uint8Array(bytes).buffer);
  return new BitCursor(new Cursor(view, 0, view.byteLength));
}

test('should read the documented numbers', () => {
  const table = section('Compact bit fields').split('|---|---|---|\n')[1].split('\n\n')[0].split('\n');
  equal(table.length > 5, true);
  for (const row of table) {
    const [number, ...codes] = row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.replaceAll(/[` ]/g, ''));
    codes.forEach((code, i) => {
      const bytes = code.match(/.{1,8}/g)?.map((bits) => parseInt(bits.padEnd(8, '0'), 2)) ?? [];
      equal(bitCursor(bytes).number([1, 6][i]), Number(number));
    });
  }
});

test('should read the documented levels', () => {
  const levels = rows('Compact levels');
  equal(levels.length > 5, true);
  for (const [bytes, price, size] of levels) {
    const bits = bitCursor(parse(bytes));
    equal(bits.time(1), 1000);
    const { bids, asks } = bits.levels(0, 0);
    equal([...bids.priceTicks, ...bids.sizeLots, ...asks.priceTicks], [Number(price), Number(size)]);
  }
});

test('should read the documented integers', () => {
  const cursor = (/** @type {string} */ cell) => {
    const view = new DataView(new Uint8Array(parse(cell.replaceAll('`', ''))).buffer);
    return new Cursor(view, 0, view.byteLength);
  };
  const table = protocol.split('| integer | varint | zigzag |\n|---|---|---|\n')[1].split('\n\n')[0].split('\n');
  equal(table.length, 8);
  for (const row of table) {
    const [, integer, varint, zigzag] = row.split('|').map((cell) => cell.trim());
    if (varint) equal(cursor(varint).unsigned(), Number(integer));
    if (Number(integer) < 2 ** 52) equal(cursor(zigzag).signed(), Number(integer));
  }
});

test('should prove a book through the documented snapshot and delta', () => {
  const book = new Book(/** @type {any} */ (instruments.get('BTC-USD')));
  equal(book.apply(read(documented('Compact snapshot'))[0]), 'applied');
  equal(book.apply(read(documented('Compact delta'), book)[0]), 'applied');
  equal(book.version, '1795363200000000:830');
});

test('should find every wrong guess by the checksum', () => {
  const right = read(documented('Compact delta'))[0].checksum;
  for (const held of [
    { ...HELD, epoch: HELD.epoch + 1 },
    { ...HELD, sequence: 811 },
  ]) {
    equal(read(documented('Compact delta'), held)[0].checksum === right, false);
  }
  const late = new CompactDecoder(() => HELD);
  late.clock(SENT_MICROS + 70_000_000);
  late.decode(new Uint8Array(documented('Compact delta')).buffer, (message) => {
    equal(/** @type {any} */ (message).checksum === right, false);
  });
});

test('should leave a delta to a book that waits for its snapshot', () => {
  const book = new Book(/** @type {any} */ (instruments.get('BTC-USD')));
  equal(book.apply(read(documented('Compact delta'), null)[0]), 'waiting');
});

test('should skip a type it does not know, and what follows the fields it knows', () => {
  const heartbeat = documented('Compact heartbeat');
  const longer = [heartbeat[0], heartbeat[1] + 2, ...heartbeat.slice(2), 7, 7];
  const unknown = [((99 << 2) % 128) | 0x83, 0x03, 2, 0, 0, 9, 9];
  equal(
    read([...unknown, ...longer, ...heartbeat]).map((message) => message.type),
    ['heartbeat', 'heartbeat'],
  );
});

/** Behind its first byte: no check, no levels, an advance of 1. */
const LEAST_DELTA = [0, 0, 0, 0, 0, 0, ...parse('81 00 0d 00')];

test('should only refuse whatever bytes come', () => {
  let seed = 1;
  const random = (/** @type {number} */ bound) => {
    seed = (seed * 48_271) % 0x7fffffff;
    return seed % bound;
  };
  equal(read([0x04, ...LEAST_DELTA]).length, 1);
  for (let i = 0; i < 20_000; i++) {
    const bytes = [4 + random(4), ...Array.from({ length: random(40) }, () => random(256))];
    try {
      read(bytes);
    } catch (e) {
      equal(e instanceof RangeError, true);
    }
  }
});

test('should refuse what has no meaning', () => {
  const refused = [
    [],
    [0x00, ...LEAST_DELTA],
    [0x84, 0x00, ...LEAST_DELTA],
    [0x04, ...LEAST_DELTA.slice(0, -1)],
    [0x04, ...LEAST_DELTA.slice(0, -1), 0x01],
    [0x04, 0, 0, 0, 0, 0, 0, ...parse('00 00 00 00 00 01 00 00 00 00 00 02 04 00 34 00')],
    [0x04, 0, 0, 0, 0, 0, 0, ...parse('00 00 00 00 00 00 00 00 ff ff ff ff ff ff ff ff ff')],
    [0x04, 0, 0, 0, 0, 0, 0, ...parse('81 00 08 07 d5 00 00')],
    [0x04, 0, 0, 0, 0, 0, 0, ...parse('81 00 0c 00 00 00 00 02 00 00 00 00 04 00')],
    [0x0f, 9, 0, 0, ...documented('Compact heartbeat').slice(4, -1), 3],
    [0x0f, 255, 255, 255, 0],
    [0x06, 0, 0xff, 0xff, 0xff, 0xff, 0x0f],
    [0x06, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x1f, 0],
    [0x06, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01, 0],
  ];
  for (const bytes of refused) throws(() => read(bytes), RangeError);
});
