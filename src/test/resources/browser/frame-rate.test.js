// @ts-check
import { FrameRate } from '/dashboard/frame-rate.js';
import { equal, test } from './harness.js';

/**
 * Frames of a screen that has so many a second for whole seconds.
 *
 * @param {FrameRate} rate @param {number} seconds @param {(slowdown: number) => number} perSecond by how seldom panels are painted
 * @returns {number[]} how seldom that was, a second each
 */
function play(rate, seconds, perSecond) {
  const slowdowns = [];
  for (let second = 0; second < seconds; second++) {
    const frames = perSecond(rate.slowdown);
    for (let i = 0; i < frames; i++) rate.frame(clock + (i * 1000) / frames);
    clock += 1000;
    slowdowns.push(rate.slowdown);
  }
  return slowdowns;
}
let clock = 0;

test('should leave a screen alone that has all its frames', () => {
  equal(play(new FrameRate(), 5, () => 60), [1, 1, 1, 1, 1]);
});

test('should paint less often until the frames are there, and no less often than that', () => {
  const rate = new FrameRate();
  // Half the painting leaves room for all frames.
  const slowdowns = play(rate, 60, (slowdown) => Math.min(60, Math.round(30 * slowdown)));
  equal(Math.max(...slowdowns) < 3, true);
  equal(Math.min(...slowdowns.slice(5)) > 1.5, true);
});

test('should paint as often as ever once the screen is fast again', () => {
  const rate = new FrameRate();
  play(rate, 11, () => 10);
  equal(rate.slowdown > 4, true);
  play(rate, 60, () => 60);
  equal(rate.slowdown, 1);
});

test('should find out what a screen has that never has sixty', () => {
  const rate = new FrameRate();
  play(rate, 90, () => 30);
  equal(rate.slowdown, 1);
  equal(Math.round(rate.perSecond), 30);
});

test('should make nothing of a page that was hidden', () => {
  const rate = new FrameRate();
  play(rate, 3, () => 60);
  clock += 60_000;
  play(rate, 3, () => 60);
  equal(rate.slowdown, 1);
});

test('should never be slowed down where it may not', () => {
  const rate = new FrameRate();
  rate.most = 1;
  equal(play(rate, 4, () => 5), [1, 1, 1, 1]);
});
