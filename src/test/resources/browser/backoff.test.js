// @ts-check
import { Backoff, mayReconnect } from '/client/v1/backoff.js';
import { equal, test } from './harness.js';

const ABNORMAL = 1006;

/** @param {number} times @param {Backoff} backoff @param {number} [livedMillis] */
function waits(times, backoff, livedMillis = 0) {
  return Array.from({ length: times }, () => backoff.next(livedMillis, ABNORMAL, 0));
}

test('should double the ceiling of the wait up to 15 s', () => {
  const ceilings = [250, 500, 1000, 2000, 4000, 8000, 15000, 15000];
  equal(waits(8, new Backoff(() => 1)), ceilings);
});

test('should draw the wait from nothing to the ceiling', () => {
  equal(waits(8, new Backoff(() => 0)), [0, 0, 0, 0, 0, 0, 0, 0]);
  equal(waits(3, new Backoff(() => 0.5)), [125, 250, 500]);
});

test('should start small again only after a connection that lasted', () => {
  const backoff = new Backoff(() => 1);
  equal(waits(3, backoff), [250, 500, 1000]);
  equal(waits(1, backoff, 9_999), [2000]);
  equal(waits(2, backoff, 10_000), [250, 250]);
});

test('should never come back before the server wants it', () => {
  equal(new Backoff(() => 0).next(0, 1012, 700), 700);
  equal(new Backoff(() => 0).next(0, 1013, 0), 5000);
  equal(new Backoff(() => 1).next(0, 1013, 6000), 6250);
});

test('should spread as far as the gateway says if it was cut, and only then', () => {
  equal(new Backoff(() => 0.5).next(1, 1006, 0, 4_000), 2000);
  equal(new Backoff(() => 0.5).next(0, 1006, 0, 4_000), 125, 'an attempt that failed');
  equal(new Backoff(() => 0.5).next(1, 1001, 700, 4_000), 825, 'sent on, with a wait that is spread already');
  equal(new Backoff(() => 1).next(1, 1006, 0, 600_000), 5000, 'no longer than anybody likes to wait');
  const backoff = new Backoff(() => 1);
  equal([backoff.next(1, 1006, 0, 5_000), backoff.next(0, 1006, 0, 5_000)], [5000, 500], 'the first wait alone');
});

test('should come back after the codes that say so', () => {
  const codes = [1001, 1005, 1006, 1011, 1012, 1013, 4000, 4001, 4003, 4004, 4005];
  equal(codes.filter(mayReconnect), codes);
});

test('should stay away after the codes that say so', () => {
  const codes = [1000, 1002, 1003, 1007, 1008, 1009, 4500, 4501, 4502, 4503];
  equal(codes.filter(mayReconnect), []);
});
