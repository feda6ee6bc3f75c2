// @ts-check
import { equal, test } from './harness.js';
import { until } from './played-gateway.js';
import { connected } from './played-market.js';

/** @param {number} id @param {number} time */
function trade(id, time) {
  return { id, time, side: 'buy', price: '100.0', size: '0.0001' };
}

test('should join trades of the past to the live ones without a hole and none twice', () =>
  connected(
    async (market, socket) => {
      const trades = market.trades('BTC-USD', { history: 3 });
      const reader = trades[Symbol.asyncIterator]();
      await until(() => socket.asked('subscribe').length === 1);
      socket.say({ type: 'trades', symbol: 'BTC-USD', missed: 0, trades: [trade(3, 30), trade(4, 40)] });
      await until(() => trades.trades.length === 4);
      socket.say({ type: 'trades', symbol: 'BTC-USD', missed: 0, trades: [trade(4, 40), trade(5, 50)] });
      equal(
        trades.trades.map(({ id }) => id),
        [1, 2, 3, 4, 5],
      );
      const first = await reader.next();
      socket.say({ type: 'trades', symbol: 'BTC-USD', missed: 0, trades: [trade(6, 60)] });
      const second = await reader.next();
      equal(
        [first, second].map(({ value }) => value && value.map(({ id }) => id)),
        [[1, 2, 3, 4, 5], [6]],
      );
    },
    { '/v1/trades/BTC-USD': { trades: [trade(1, 10), trade(2, 20), trade(3, 30)] } },
  ));

/** @param {number} minute @param {string} close @param {boolean} closed */
function candle(minute, close, closed) {
  const prices = { open: '1.0', high: '9.0', low: '1.0', close };
  return {
    type: 'candle',
    symbol: 'BTC-USD',
    interval: '1m',
    start: minute * 6e7,
    ...prices,
    volume: '1.0000',
    trades: 1,
    closed,
  };
}

test('should join candles of the past to the live one without a jump', () =>
  connected(
    async (market, socket) => {
      const candles = market.candles('BTC-USD', { interval: '1m' });
      await until(() => socket.asked('subscribe').length === 1);
      socket.say(candle(3, '3.5', false));
      await until(() => candles.candles.length === 3);
      socket.say(candle(4, '4.0', false));
      equal(
        candles.candles.map(({ startMicros, closeTicks }) => [startMicros / 6e7, closeTicks]),
        [
          [1, 10],
          [2, 20],
          [3, 35],
          [4, 40],
        ],
      );
    },
    { '/v1/candles/BTC-USD': { candles: [candle(1, '1.0', true), candle(2, '2.0', true), candle(3, '3.0', false)] } },
  ));

test('should keep no more candles of a page that stays open than can be looked at', () =>
  connected(
    async (market, socket) => {
      const candles = market.candles('BTC-USD', { interval: '1m', history: 0 });
      await until(() => socket.asked('subscribe').length === 1);
      for (let minute = 1; minute <= 2_345; minute++) socket.say(candle(minute, '1.0', true), candle(minute + 1, '2.0', false));
      equal(
        [candles.candles.length, candles.candles[0].startMicros / 6e7, candles.candles[1_999].startMicros / 6e7],
        [2_000, 347, 2_346],
      );
    },
    { '/v1/candles/BTC-USD': { candles: [] } },
  ));

test('should ask again for the past of an instrument that whoever answers does not know yet', () => {
  const unknown = { error: { code: 'unknown-symbol', reason: 'no instrument BTC-USD' } };
  const answers = [[404, unknown], { trades: [trade(1, 10)] }];
  return connected(
    async (market) => {
      const tape = market.trades('BTC-USD', { history: 10 });
      await until(() => tape.trades.length === 1);
      equal([tape.trades[0].id, tape.closed], [1, false]);
    },
    { '/v1/trades/BTC-USD': () => answers.shift() },
  );
});

test('should fetch again what lies between history and the first live trade', () => {
  const answers = [[trade(1, 10)], [trade(1, 10), trade(2, 20), trade(3, 30)]].map((trades) => ({ trades }));
  return connected(
    async (market, socket) => {
      const tape = market.trades('BTC-USD', { history: 10 });
      await until(() => tape.trades.length === 1);
      socket.say({ type: 'trades', symbol: 'BTC-USD', missed: 0, trades: [trade(3, 30)] });
      await until(() => tape.trades.length === 3);
      equal(
        tape.trades.map(({ id }) => id),
        [1, 2, 3],
      );
    },
    { '/v1/trades/BTC-USD': () => answers.shift() },
  );
});
