// @ts-check
import { fromDecimal, group, parseStep, toDecimal } from '/client/v1/decimal.js';
import { equal, seeded, test } from './harness.js';

test('should write exactly the decimals of the step', () => {
  const cases = [
    [640001, '0.1', '64000.1'],
    [0, '0.0001', '0.0000'],
    [7, '0.25', '1.75'],
    [3, '0.50', '1.50'],
    [12, '1000', '12000'],
    [-5, '0.01', '-0.05'],
    [1, '0.000000000000000001', '0.000000000000000001'],
    [9007199254740991, '0.25', '2251799813685247.75'],
  ];
  const written = cases.map(([count, step]) => toDecimal(Number(count), parseStep(String(step))));
  equal(
    written,
    cases.map(([, , text]) => text),
  );
});

for (const seed of [1, 2, 3]) {
  test(`should read what it has written, seed ${seed}`, () => {
    const random = seeded(seed);
    for (let i = 0; i < 2000; i++) {
      const step = parseStep(['0.1', '0.25', '1', '0.00000001', '5', '0.005'][Math.floor(random() * 6)]);
      const count = Math.floor(random() * 2 ** 40);
      equal(fromDecimal(toDecimal(count, step), step), count);
    }
  });
}

test('should read a size of nothing without decimals', () => equal(fromDecimal('0', parseStep('0.0001')), 0));

test('should put commas between thousands only', () => {
  const texts = ['1', '123', '1234', '123456', '1234567.1234', '-123', '-1234.5', '0.00001'];
  equal(texts.map(group), ['1', '123', '1,234', '123,456', '1,234,567.1234', '-123', '-1,234.5', '0.00001']);
});
