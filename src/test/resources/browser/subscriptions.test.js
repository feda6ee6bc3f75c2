// @ts-check
import { Subscriptions } from '/client/v1/subscriptions.js';
import { TokenBucket } from '/client/v1/token-bucket.js';
import { equal, test } from './harness.js';

/** A gateway that only listens. @param {Record<string, string>} [held] versions by symbol */
function listen(held = {}) {
  /** @type {any[]} */
  const commands = [];
  /** @type {string[]} */
  const released = [];
  const subscriptions = new Subscriptions({
    send: (text) => commands.push(JSON.parse(text)) > 0,
    heldVersion: (symbol, depth, lane) => (depth === 25 ? (held[`${lane} ${symbol}`] ?? held[symbol] ?? null) : null),
    heldSymbols: () => Object.keys(held),
    onReleased: (channel, symbol) => released.push(`${channel} ${symbol}`),
  });
  return { commands, released, subscriptions };
}

/** Until everything asked for in this turn has gone out. */
function turn() {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

test('should say nothing before the welcome', async () => {
  const { commands, subscriptions } = listen();
  subscriptions.want('bbo', ['*'], {});
  await turn();
  equal(commands, []);
});

test('should put what is alike into one command', async () => {
  const { commands, subscriptions } = listen();
  subscriptions.opened();
  subscriptions.want('book', ['A', 'B'], { depth: 25 });
  subscriptions.want('book', ['C'], { depth: 25 });
  subscriptions.want('book', ['D'], { depth: 100 });
  await turn();
  equal(commands, [
    { op: 'subscribe', id: 1, channel: 'book', symbols: ['A', 'B', 'C'], depth: 25 },
    { op: 'subscribe', id: 2, channel: 'book', symbols: ['D'], depth: 100 },
  ]);
});

test('should hold one book for each depth and group beside the one whose prices are as they are', async () => {
  const { commands, released, subscriptions } = listen({ 'book 25/10 A': '7:12' });
  subscriptions.want('book', ['A'], { depth: 10 });
  subscriptions.want('book', ['A'], { depth: 25, group: 10 });
  subscriptions.want('book', ['A', 'B'], { depth: 10, group: 50 });
  subscriptions.opened();
  const book = { channel: 'book' };
  equal(commands, [
    { op: 'subscribe', id: 1, ...book, symbols: ['A'], depth: 10 },
    { op: 'subscribe', id: 2, ...book, symbols: ['A'], depth: 25, group: '10', resume: { A: '7:12' } },
    { op: 'subscribe', id: 3, ...book, symbols: ['A', 'B'], depth: 10, group: '50' },
  ]);
  subscriptions.release('book 10/50', ['A', 'B']);
  subscriptions.release('book', ['A']);
  subscriptions.resync('A', 'gap', 'book 25/10');
  await turn();
  equal(commands.slice(3), [
    { op: 'resync', id: 4, ...book, symbols: ['A'], depth: 25, group: '10', why: 'gap' },
    { op: 'unsubscribe', id: 5, ...book, symbols: ['A'], group: '1' },
    { op: 'unsubscribe', id: 6, ...book, symbols: ['A', 'B'], depth: 10, group: '50' },
  ]);
  equal(released, ['book A', 'book 10/50 A', 'book 10/50 B']);
  equal([subscriptions.covers('book 25/10', 'A'), subscriptions.covers('book', 'A')], [true, false]);
});

test('should say nothing of a wish that is withdrawn in time', async () => {
  const { commands, released, subscriptions } = listen();
  subscriptions.opened();
  subscriptions.want('trades', ['A', 'B'], {});
  subscriptions.release('trades', ['A']);
  await turn();
  equal(commands, [{ op: 'subscribe', id: 1, channel: 'trades', symbols: ['B'] }]);
  equal(released, []);
});

test('should subscribe before it unsubscribes', async () => {
  const { commands, released, subscriptions } = listen();
  subscriptions.want('trades', ['A'], {});
  subscriptions.opened();
  subscriptions.want('trades', ['B'], {});
  subscriptions.release('trades', ['A']);
  await turn();
  equal(commands, [
    { op: 'subscribe', id: 1, channel: 'trades', symbols: ['A'] },
    { op: 'subscribe', id: 2, channel: 'trades', symbols: ['B'] },
    { op: 'unsubscribe', id: 3, channel: 'trades', symbols: ['A'] },
  ]);
  equal(released, ['trades A']);
});

test('should resume on a new connection what is held to that depth', () => {
  const { commands, subscriptions } = listen({ A: '7:10', D: '7:11' });
  subscriptions.want('book', ['A', 'B'], { depth: 25 });
  subscriptions.want('book', ['D'], { depth: 100 });
  subscriptions.opened();
  equal(commands, [
    { op: 'subscribe', id: 1, channel: 'book', symbols: ['A', 'B'], depth: 25, resume: { A: '7:10' } },
    { op: 'subscribe', id: 2, channel: 'book', symbols: ['D'], depth: 100 },
  ]);
});

test('should resume every book it holds of all', () => {
  const { commands, subscriptions } = listen({ A: '7:10', B: '7:11' });
  subscriptions.want('book', ['*'], { depth: 25 });
  subscriptions.opened();
  const resume = { A: '7:10', B: '7:11' };
  equal(commands, [{ op: 'subscribe', id: 1, channel: 'book', symbols: ['*'], depth: 25, resume }]);
});

test('should not resume when only the pace changes', async () => {
  const { commands, subscriptions } = listen({ A: '7:10' });
  subscriptions.opened();
  subscriptions.want('book', ['A'], { depth: 25 });
  await turn();
  subscriptions.want('book', ['A'], { depth: 25, intervalMillis: 100 });
  await turn();
  equal(commands[1], { op: 'subscribe', id: 2, channel: 'book', symbols: ['A'], depth: 25, intervalMillis: 100 });
});

test('should keep every command within 100 symbols and 4 KiB', () => {
  const symbols = Array.from({ length: 450 }, (_, i) => `INSTRUMENT-${i}`);
  const version = '1795363200000000:9007199254740991';
  const { commands, subscriptions } = listen(Object.fromEntries(symbols.map((symbol) => [symbol, version])));
  subscriptions.want('book', symbols, { depth: 25, intervalMillis: 100 });
  subscriptions.opened();
  equal(
    commands.flatMap((command) => command.symbols),
    symbols,
  );
  equal(
    commands.every((command) => command.symbols.length <= 100 && JSON.stringify(command).length <= 4096),
    true,
  );
});

test('should ask for a resync before anything else', async () => {
  const { commands, subscriptions } = listen();
  subscriptions.opened();
  subscriptions.want('bbo', ['*'], {});
  subscriptions.resync('A', 'checksum');
  await turn();
  equal(commands[0], { op: 'resync', id: 1, channel: 'book', symbols: ['A'], why: 'checksum' });
});

test('should not ask again for what was refused', async () => {
  const { commands, subscriptions } = listen();
  subscriptions.want('bbo', ['A', 'NOPE'], {});
  subscriptions.opened();
  subscriptions.refused(1, 'unknown-symbol', 'NOPE');
  subscriptions.opened();
  await turn();
  equal(commands[1], { op: 'subscribe', id: 2, channel: 'bbo', symbols: ['A'] });
});

test('should let a burst pass and then a rate', () => {
  const bucket = new TokenBucket(125, 3, 0);
  equal([bucket.take(0), bucket.take(0), bucket.take(0), bucket.take(0)], [0, 0, 0, 125]);
  equal([bucket.take(124), bucket.take(125), bucket.take(126)], [1, 0, 124]);
});
