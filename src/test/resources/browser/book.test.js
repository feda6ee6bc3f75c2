// @ts-check
import { Book } from '/client/v1/book.js';
import { crc32 } from '/client/v1/crc32.js';
import { BookSide } from '/client/v1/side.js';
import { equal, seeded, test } from './harness.js';

const INSTRUMENT = {
  id: 1,
  symbol: 'BTC-USD',
  tick: { mantissa: 1, exponent: -1 },
  lot: { mantissa: 1, exponent: -4 },
};

/** @param {[number, number][]} levels */
function columns(levels) {
  return {
    priceTicks: Float64Array.from(levels, ([price]) => price),
    sizeLots: Float64Array.from(levels, ([, size]) => size),
  };
}

/** A checksum by another way: BigInt arithmetic over whole sides. @param {[number, number][][]} sides */
function checksum(sides) {
  const numbers = sides.flatMap((side) => side.slice(0, 10)).flat();
  const view = new DataView(new ArrayBuffer(numbers.length * 8));
  numbers.forEach((number, i) => view.setBigInt64(i * 8, BigInt(number), true));
  return crc32(new Uint8Array(view.buffer), view.byteLength);
}

/** @param {object} message */
function complete(message) {
  return /** @type {any} */ ({ instrument: 1, epoch: 7, timeMicros: 1, sentMicros: 2, ...message });
}

/** @param {BookSide} side */
function levels(side) {
  return Array.from({ length: side.length }, (_, i) => [side.priceTicks[i], side.sizeLots[i]]);
}

/** @param {Map<number, number>} side @param {boolean} descending @returns {[number, number][]} */
function sorted(side, descending) {
  return [...side].sort(([a], [b]) => (descending ? b - a : a - b));
}

/** @param {[number, number][]} bids @param {[number, number][]} asks @param {number} sequence */
function snapshot(bids, asks, sequence) {
  const sum = checksum([asks, bids]);
  return complete({
    type: 'snapshot',
    previous: 0,
    sequence,
    checksum: sum,
    bids: columns(bids),
    asks: columns(asks),
  });
}

test('should know the check value of CRC-32', () => {
  const digits = new TextEncoder().encode('123456789');
  equal(crc32(digits, digits.length), 0xcbf43926);
});

for (const seed of [1, 2, 3, 4, 5]) {
  test(`should equal a naive book after every delta, seed ${seed}`, () => {
    const random = seeded(seed);
    const naive = { bids: new Map([[100, 1]]), asks: new Map([[101, 1]]) };
    const book = new Book(INSTRUMENT);
    const state = () => [sorted(naive.bids, true), sorted(naive.asks, false)];
    let [bids, asks] = state();
    equal(book.apply(snapshot(bids, asks, 1)), 'applied');
    for (let sequence = 2; sequence < 1500; sequence++) {
      const change = /** @type {[number, number]} */ ([
        Math.floor(random() * 300),
        Math.floor(random() * 4) * 2 ** Math.floor(random() * 50),
      ]);
      const side = random() < 0.5 ? 'bids' : 'asks';
      if (change[1] === 0) naive[side].delete(change[0]);
      else naive[side].set(...change);
      [bids, asks] = state();
      const none = columns([]);
      const delta = { type: 'delta', previous: sequence - 1, sequence, checksum: checksum([asks, bids]) };
      equal(book.apply(complete({ ...delta, bids: none, asks: none, [side]: columns([change]) })), 'applied');
      equal([levels(book.bids), levels(book.asks)], [bids, asks]);
    }
    equal(book.version, '7:1499');
  });
}

/** @param {object} differences @returns {[string, string, boolean]} */
function outcomeOf(differences) {
  const book = new Book(INSTRUMENT);
  book.apply(snapshot([[100, 5]], [[101, 5]], 10));
  const delta = { type: 'delta', previous: 10, sequence: 11, bids: columns([]), asks: columns([[102, 3]]) };
  const sum = checksum([
    [
      [101, 5],
      [102, 3],
    ],
    [[100, 5]],
  ]);
  return [book.apply(complete({ ...delta, checksum: sum, ...differences })), book.version, book.proved];
}

test('should apply the delta that continues its version', () => equal(outcomeOf({}), ['applied', '7:11', true]));
test('should see a gap before it', () => equal(outcomeOf({ previous: 9 }), ['gap', '7:10', false]));
test('should see a gap behind it', () => equal(outcomeOf({ previous: 11 }), ['gap', '7:10', false]));
test('should take another epoch for a gap', () => equal(outcomeOf({ epoch: 8 }), ['gap', '7:10', false]));
test('should see a wrong checksum', () => equal(outcomeOf({ checksum: 1 }), ['checksum', '7:11', false]));

test('should ignore deltas from a gap until the snapshot', () => {
  const book = new Book(INSTRUMENT);
  const delta = complete({
    type: 'delta',
    previous: 1,
    sequence: 2,
    checksum: 0,
    bids: columns([]),
    asks: columns([]),
  });
  equal(book.apply(delta), 'waiting');
  equal(book.apply(snapshot([[5, 1]], [], 1)), 'applied');
  equal(book.apply({ ...delta, checksum: checksum([[], [[5, 1]]]) }), 'applied');
  equal(book.apply(delta), 'gap');
  equal(book.apply({ ...delta, previous: 2, sequence: 3 }), 'waiting');
  equal(book.apply(snapshot([[6, 2]], [[7, 1]], 9)), 'applied');
  equal([levels(book.bids), levels(book.asks), book.version], [[[6, 2]], [[7, 1]], '7:9']);
});

test('should keep a book as it is until the snapshot to another depth is there', () => {
  const book = new Book(INSTRUMENT);
  book.deepen(10);
  book.apply(snapshot([[5, 1]], [[6, 1]], 1));
  book.deepen(100);
  equal([book.proved, book.waiting, book.depth, levels(book.bids), book.version], [true, true, 10, [[5, 1]], '7:1']);
  const none = columns([]);
  equal(
    book.apply(complete({ type: 'delta', previous: 1, sequence: 2, checksum: 0, bids: none, asks: none })),
    'waiting',
  );
  equal([book.proved, book.version], [true, '7:1']);
  equal(
    book.apply(
      snapshot(
        [
          [5, 1],
          [4, 1],
        ],
        [[6, 1]],
        3,
      ),
    ),
    'applied',
  );
  equal([book.waiting, book.depth, book.bids.length], [false, 100, 2]);
});

test('should grow with a side', () => {
  const side = new BookSide(true);
  for (let price = 1; price <= 500; price++) side.set(price, price);
  equal([side.length, side.priceTicks[0], side.sizeLots[499]], [500, 500, 1]);
});
