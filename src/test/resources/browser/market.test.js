// @ts-check
import { Depthcast, DepthcastError } from '/client/v1/depthcast.js';
import { equal, test } from './harness.js';
import { INSTRUMENTS, PlayedSocket, until } from './played-gateway.js';
import { connected, ladder, snapshot } from './played-market.js';

test('should hand out exactly the levels there are, as decimals and as integers', () =>
  connected(async (market, socket) => {
    const book = market.book('BTC-USD', { depth: 10 });
    await until(() => socket.asked('subscribe').length === 1);
    socket.say(snapshot(ladder(40, 1000, -1), ladder(40, 1001, 1), 1));
    socket.say(snapshot(ladder(3, 1000, -1), ladder(2, 1001, 1), 2));
    equal(await book.ready.then((it) => it === book), true);
    equal(
      [...book.bids].map(({ price, size }) => [price, size]),
      [
        ['100.0', '0.0001'],
        ['99.9', '0.0002'],
        ['99.8', '0.0003'],
      ],
    );
    equal([...book.asks.priceTicks], [1001, 1002]);
    equal([book.bid?.price, book.ask?.priceTicks, book.asks.at(-1)?.price], ['100.0', 1001, '100.2']);
    equal([...(market.books.get('BTC-USD')?.bids.priceTicks ?? [])], [1000, 999, 998]);
  }));

test('should give two owners of one book what each asked for', () =>
  connected(async (market, socket) => {
    const shallow = market.book('BTC-USD', { depth: 5, intervalMillis: 1000 });
    const deep = market.book('BTC-USD', { depth: 100, intervalMillis: 100 });
    await until(() => socket.asked('subscribe').length === 1);
    equal(socket.asked('subscribe'), [{ channel: 'book', symbols: ['BTC-USD'], depth: 100, intervalMillis: 100 }]);
    socket.say(snapshot(ladder(60, 1000, -1), ladder(60, 1001, 1), 1));
    equal([shallow.bids.length, deep.bids.length], [5, 60]);
    deep.close();
    await until(() => socket.asked('subscribe').length === 2);
    equal(socket.asked('subscribe')[1], { channel: 'book', symbols: ['BTC-USD'], depth: 10, intervalMillis: 1000 });
    equal(socket.asked('unsubscribe'), []);
    socket.say(snapshot(ladder(10, 1000, -1), ladder(10, 1001, 1), 2));
    equal([shallow.bids.length, shallow.proved], [5, true]);
    shallow.close();
    await until(() => socket.asked('unsubscribe').length === 1);
    equal(market.books.size, 0);
  }));

test('should leave the book of an owner alone when another takes its wish back', () =>
  connected(async (market, socket) => {
    const book = market.book('BTC-USD', { depth: 10 });
    market.subscribe('book', 'BTC-USD', { depth: 10, intervalMillis: 0 });
    await until(() => socket.asked('subscribe').length === 1);
    socket.say(snapshot(ladder(10, 1000, -1), ladder(10, 1001, 1), 1));
    market.unsubscribe('book', 'BTC-USD');
    socket.say(snapshot(ladder(9, 1000, -1), ladder(9, 1001, 1), 2));
    equal([book.bids.length, book.proved, socket.asked('unsubscribe').length], [9, true, 0]);
  }));

test('should keep one of all when a subscription of that one ends', () =>
  connected(async (market, socket) => {
    const all = market.bbo('*', { intervalMillis: 100 });
    const one = market.bbo('BTC-USD');
    await until(() => socket.asked('subscribe').length === 2);
    equal(socket.asked('subscribe'), [
      { channel: 'bbo', symbols: ['*'], intervalMillis: 100 },
      { channel: 'bbo', symbols: ['BTC-USD'], intervalMillis: 0 },
    ]);
    one.close();
    await until(() => socket.asked('subscribe').length === 3);
    equal(socket.asked('subscribe')[2], { channel: 'bbo', symbols: ['BTC-USD'], intervalMillis: 100 });
    socket.say({
      type: 'bbo',
      symbol: 'BTC-USD',
      sequence: 1,
      time: 1,
      bid: ['1.0', '1.0000'],
      ask: ['1.1', '1.0000'],
    });
    equal([...all.all.keys()], ['BTC-USD']);
    equal(socket.asked('unsubscribe'), []);
  }));

test('should give a slow reader the newest and never the steps between', () =>
  connected(async (market, socket) => {
    const book = market.book('BTC-USD', { depth: 10 });
    await until(() => socket.asked('subscribe').length === 1);
    /** @type {string[]} */
    const seen = [];
    const reading = (async () => {
      for await (const { version } of book) {
        seen.push(version);
        await until(() => seen.length > 1 || book.version === '7:4');
      }
    })();
    for (const sequence of [1, 2]) socket.say(snapshot([[1000, 1]], [[1001, 1]], sequence));
    await until(() => seen.length === 1);
    for (const sequence of [3, 4]) socket.say(snapshot([[1000, 1]], [[1001, 1]], sequence));
    await until(() => seen.length === 2);
    book.close();
    await reading;
    equal(seen, ['7:2', '7:4']);
  }));

test('should tell the owner of a subscription that it was refused', () =>
  connected(async (market, socket) => {
    const good = market.bbo('BTC-USD');
    const bad = market.bbo('NOPE');
    /** @type {string[]} */
    const heard = [];
    bad.on('error', ({ code, symbol }) => heard.push(`${code} ${symbol}`));
    await until(() => socket.asked('subscribe').length === 1);
    const { id } = socket.commands.find(({ op }) => op === 'subscribe');
    socket.say({ op: 'error', id, code: 'unknown-symbol', symbol: 'NOPE', reason: 'no instrument NOPE' });
    equal([heard, bad.closed, good.closed], [['unknown-symbol NOPE'], true, false]);
    equal(await bad.ready.catch((e) => e instanceof DepthcastError && e.reason), 'no instrument NOPE');
  }));

test('should end what the gateway has removed', () =>
  connected(async (market, socket) => {
    const book = market.book('BTC-USD');
    await until(() => socket.asked('subscribe').length === 1);
    socket.say({ op: 'unsubscribed', channel: 'book', symbols: ['BTC-USD'], why: 'removed' });
    equal([book.closed, book.error?.code], [true, 'removed']);
  }));

test('should pass on that an instrument is halted', () =>
  connected(async (market, socket) => {
    const book = market.book('BTC-USD');
    /** @type {string[]} */
    const heard = [];
    book.on('status', (status) => heard.push(status));
    socket.say({ type: 'status', symbol: 'BTC-USD', status: 'halted', time: 1 });
    equal([heard, book.status], [['halted'], 'halted']);
  }));

test('should start a book anew when its tick size changes', () =>
  connected(async (market, socket) => {
    const book = market.book('BTC-USD');
    await until(() => socket.asked('subscribe').length === 1);
    socket.say(snapshot(ladder(10, 1000, -1), ladder(10, 1001, 1), 1));
    const [, other] = INSTRUMENTS;
    socket.say({ type: 'instruments', instruments: [{ ...INSTRUMENTS[0], tickSize: '0.5' }, other] });
    equal([book.proved, book.bids.length], [false, 0]);
  }));

test('should ask the gateway for each group, and tell its books apart', () =>
  connected(async (market, socket) => {
    const tens = market.book('BTC-USD', { depth: 2, group: 10 });
    const hundreds = market.book('BTC-USD', { depth: 20, group: 100 });
    const plain = market.book('BTC-USD', { depth: 5 });
    await until(() => socket.asked('subscribe').length === 3);
    const common = { channel: 'book', symbols: ['BTC-USD'] };
    equal(socket.asked('subscribe'), [
      { ...common, depth: 10, intervalMillis: 0, group: '10' },
      { ...common, depth: 25, intervalMillis: 0, group: '100' },
      { ...common, depth: 10, intervalMillis: 0 },
    ]);
    const best = () => [tens, hundreds, plain].map(({ bid }) => bid?.price ?? 'none');
    socket.say({ ...snapshot([[1000, 3]], [[1010, 3]], 4), depth: 10, group: '10' });
    equal(best(), ['100.0', 'none', 'none']);
    socket.say({ ...snapshot([[900, 3]], [[1100, 3]], 4), depth: 25, group: '100' });
    socket.say(snapshot([[1004, 3]], [[1005, 3]], 3));
    equal(best(), ['100.0', '90.0', '100.4']);
    equal([tens.version, hundreds.proved, plain.version], ['7:4', true, '7:3']);

    tens.change({ group: 100, depth: 20 });
    equal(best(), ['90.0', '90.0', '100.4']);
    await until(() => socket.asked('unsubscribe').length === 1);
    equal(socket.asked('unsubscribe'), [{ channel: 'book', symbols: ['BTC-USD'], depth: 10, group: '10' }]);
    hundreds.resync();
    plain.close();
    await until(() => socket.asked('unsubscribe').length === 2);
    equal(socket.asked('resync'), [
      { channel: 'book', symbols: ['BTC-USD'], depth: 25, group: '100', why: 'asked for' },
    ]);
    equal(socket.asked('unsubscribe')[1], { channel: 'book', symbols: ['BTC-USD'], group: '1' });
    equal(market.books.size, 0);
    socket.say({ op: 'unsubscribed', channel: 'book', symbols: ['BTC-USD'], why: 'removed' });
    equal([tens.closed, hundreds.closed], [true, true]);
  }));

test('should answer what is limited and what is not', () =>
  connected(async (market, socket) => {
    const limit = market.limit(50_000);
    const last = () => socket.commands[socket.commands.length - 1];
    socket.say({ op: 'limited', id: last().id, bytesPerSecond: 50_000 });
    equal([last().op, await limit], ['limit', 50_000]);
    const auth = market.auth('t').catch(({ code }) => code);
    await until(() => last().op === 'auth');
    socket.say({ op: 'error', id: last().id, code: 'unknown-op', reason: 'no tokens here' });
    equal(await auth, 'unknown-op');
  }));

test('should be conflating while the gateway merges, and resuming without a connection', () =>
  connected(async (market, socket) => {
    /** @type {string[]} */
    const states = [];
    market.on('state', ({ state }) => states.push(state));
    socket.say({ op: 'notice', code: 'conflating', behindMillis: 100 });
    socket.say({ op: 'notice', code: 'live' });
    socket.say({ type: 'heartbeat', time: 1, feed: 'stale' });
    socket.say({ type: 'heartbeat', time: 1, feed: 'live' });
    socket.end(1001, 'bye');
    equal(states, ['conflating', 'live', 'stale', 'live', 'resuming']);
  }));

test('should wait to connect until it is told to', async () => {
  PlayedSocket.all = [];
  const market = new Depthcast('ws://gateway/', { WebSocket: PlayedSocket, connect: false });
  const before = [market.state, PlayedSocket.all.length];
  market.connect();
  equal([before, market.state, PlayedSocket.all.length], [['closed', 0], 'connecting', 1]);
  market.close();
});

/** @param {'hidden'|'visible'} visibility that somebody gives the page */
function becomes(visibility) {
  const page = /** @type {any} */ (globalThis.document);
  Object.defineProperty(page, 'visibilityState', { value: visibility, configurable: true });
  page.dispatchEvent(new Event('visibilitychange'));
}

test('should ask for prices once a second while the page is hidden, and at the old pace when it is shown', async () => {
  const { document: real } = globalThis;
  if (!real) Object.assign(globalThis, { document: new EventTarget() });
  try {
    await connected(async (market, socket) => {
      market.book('BTC-USD', { depth: 10, intervalMillis: 100 });
      await until(() => socket.asked('subscribe').length === 1);
      becomes('hidden');
      await until(() => socket.asked('subscribe').length === 2);
      becomes('visible');
      await until(() => socket.asked('subscribe').length === 3);
      equal(
        socket.asked('subscribe').map(({ intervalMillis }) => intervalMillis),
        [100, 1000, 100],
      );
    });
  } finally {
    if (!real) Reflect.deleteProperty(globalThis, 'document');
  }
});
