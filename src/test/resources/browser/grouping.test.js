// @ts-check
import { equal, test } from './harness.js';
import { until } from './played-gateway.js';
import { connected, ladder, snapshot } from './played-market.js';

test('should gather prices to groups that the gateway has not, bids down and asks up', () =>
  connected(async (market, socket) => {
    const book = market.book('BTC-USD', { depth: 2, group: 20 });
    await until(() => socket.asked('subscribe').length === 1);
    equal(socket.asked('subscribe')[0], { channel: 'book', symbols: ['BTC-USD'], depth: 500, intervalMillis: 0 });
    socket.say(snapshot(ladder(40, 1004, -1), ladder(40, 1006, 1), 1));
    equal(
      [book.bids, book.asks].map((side) => [...side].map(({ price, sizeLots }) => [price, sizeLots])),
      [
        [
          ['100.0', 15],
          ['98.0', 310],
        ],
        [
          ['102.0', 120],
          ['104.0', 510],
        ],
      ],
    );
  }));

test('should show a book as it was until that of another group is there', () =>
  connected(async (market, socket) => {
    const book = market.book('BTC-USD', { depth: 10 });
    await until(() => socket.asked('subscribe').length === 1);
    socket.say(snapshot(ladder(10, 1000, -1), ladder(10, 1001, 1), 1));
    book.change({ group: 10 });
    equal([book.proved, book.version, book.bid?.price], [true, '7:1', '100.0']);
    await until(() => socket.asked('unsubscribe').length === 1);
    equal(socket.asked('subscribe')[1].group, '10');
    equal(book.proved, true);
    socket.say({ ...snapshot([[1000, 5]], [[1010, 6]], 2), depth: 10, group: '10' });
    equal([book.proved, book.version, [...book.asks.priceTicks]], [true, '7:2', [1010]]);
  }));
