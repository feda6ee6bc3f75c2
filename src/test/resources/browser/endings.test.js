// @ts-check
import { equal, test } from './harness.js';
import { PlayedSocket, until } from './played-gateway.js';
import { connected, ladder, snapshot } from './played-market.js';

test('should end with its signal', () =>
  connected(async (market) => {
    const abort = new AbortController();
    const book = market.book('BTC-USD', { signal: abort.signal });
    abort.abort();
    equal([book.closed, await book.ready.catch(({ code }) => code)], [true, 'closed']);
  }));

test('should be over before it begins where its signal is aborted already', () =>
  connected(async (market, socket) => {
    const book = market.book('BTC-USD', { signal: AbortSignal.abort() });
    equal([book.closed, await book.ready.catch(({ code }) => code)], [true, 'closed']);
    for await (const _ of book) throw new Error('there is nothing to come');
    equal(socket.asked('subscribe'), []);
  }));

test('should leave nothing on a signal that outlives it', () =>
  connected(async (market) => {
    const listeners = new Set();
    const { signal } = new AbortController();
    signal.addEventListener = (/** @type {string} */ _, /** @type {any} */ listener) => listeners.add(listener);
    signal.removeEventListener = (/** @type {string} */ _, /** @type {any} */ listener) => listeners.delete(listener);
    const [book, trades] = [market.book('BTC-USD', { signal }), market.trades('BTC-USD', { signal })];
    equal(listeners.size, 2);
    book.close();
    trades.close();
    equal(listeners.size, 0);
  }));

test('should refuse what is no name of an instrument', () =>
  connected(async (market) => {
    for (const wrong of [undefined, '', 7]) {
      const said = await Promise.resolve()
        .then(() => market.book(/** @type {any} */ (wrong)))
        .catch(({ name, message }) => `${name}: ${message}`);
      equal(said, `TypeError: symbol: a name such as BTC-USD, got ${wrong}`);
    }
  }));

test('should let nobody wait once it has given up, and again when it is told to connect', () =>
  connected(async (market, socket) => {
    const [book, later] = [market.book('BTC-USD'), () => market.trades('BTC-USD').ready];
    const reading = (async () => {
      for await (const _ of book) throw new Error('there is nothing to come');
    })().catch(({ code }) => `loop: ${code}`);
    socket.onclose?.({ code: 4500, reason: 'never again' });
    await until(() => market.state === 'closed');
    const code = (/** @type {Promise<any>} */ promise) => promise.catch((error) => `${error.code} ${error.terminal}`);
    equal(
      [await reading, await code(book.ready), await code(later()), book.closed],
      ['loop: closed', 'closed true', 'closed true', false],
    );
    market.connect();
    const again = PlayedSocket.all[1];
    again.welcome();
    await until(() => again.asked('subscribe').length > 0);
    again.say(snapshot(ladder(3, 1000, -1), ladder(2, 1001, 1), 1));
    for await (const { bids } of book) {
      equal(bids.length, 3);
      break;
    }
  }));
