// @ts-check
import { shownChange } from '/dashboard/percent.js';
import { equal, test } from './harness.js';

test('should show a change with its sign, and one too small to be seen without', () => {
  equal(shownChange(1.234), { text: '+1.23 %', move: 'up' });
  equal(shownChange(-0.006), { text: '−0.01 %', move: 'down' });
  equal(shownChange(0.004), { text: '0.00 %', move: 'same' });
  equal(shownChange(-0.004), { text: '0.00 %', move: 'same' });
});
