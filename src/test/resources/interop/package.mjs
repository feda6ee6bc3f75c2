// The package as npm packs it, in Node, against a gateway: node package.mjs <port>
import { Depthcast } from 'depthcast';
import WebSocket from 'ws';

const url = `ws://127.0.0.1:${process.argv[2]}/v1/stream`;

/** A WebSocket that a firewall swallows. */
class Blocked extends EventTarget {
  readyState = 0;
  constructor() {
    super();
    setTimeout(() => this.onclose?.({ code: 1006, reason: '' }), 1);
  }
  close() {}
}

function expect(what, isTrue) {
  if (!isTrue) throw new Error(`expected ${what}`);
}

/** Without a hole: what REST has between the first and the last. */
async function expectTradesOfRest(ids) {
  const response = await fetch(`http://127.0.0.1:${process.argv[2]}/v1/trades/BTC-USD?limit=1000`);
  const rest = (await response.json()).trades.map(({ id }) => id);
  const between = rest.filter((id) => id >= ids[0] && id <= ids.at(-1));
  expect('the trades of REST', JSON.stringify(ids) === JSON.stringify(between));
}

async function followEverything(options, carrier) {
  const market = new Depthcast(url, options);
  const book = await market.book('BTC-USD', { depth: 10, intervalMillis: 100 }).ready;
  expect('a proved book of 10 levels', book.proved && book.bids.length === 10 && book.asks.length === 10);
  expect('prices with the decimals of the tick size', /^\d+\.\d$/.test(book.bid.price));
  let steps = 0;
  for await (const { proved, bids } of book) {
    expect('proof at every step', proved && [...bids.priceTicks].every((price, i, all) => i === 0 || price < all[i - 1]));
    if (++steps === 5) break;
  }
  const trades = await market.trades('BTC-USD', { history: 20 }).ready;
  const candles = await market.candles('BTC-USD', { interval: '1s' }).ready;
  const other = await market.candles('BTC-USD', { interval: '1m' }).ready;
  while (trades.trades.length < 30) await new Promise((resolve) => trades.on('change', resolve, { once: true }));
  await expectTradesOfRest(trades.trades.map(({ id }) => id));
  expect('candles of both intervals', candles.last.intervalSeconds === 1 && other.last.intervalSeconds === 60);
  const all = await market.bbo('*', { intervalMillis: 100 }).ready;
  expect('a quote', all.all.size > 0);
  const unknown = await market.book('NOPE').ready.catch(({ code }) => code);
  expect('a refusal', unknown === 'unknown-symbol');
  if (carrier === 'websocket') expect('a limit', (await market.limit(100_000)) === 100_000);
  expect(`no gap over ${carrier}`, market.counters.gaps === 0 && market.carrier === carrier);
  market.close();
  expect('the end of all', book.closed && market.state === 'closed');
}

async function meetNobody() {
  const market = new Depthcast('ws://127.0.0.1:9/v1/stream');
  const code = await new Promise((resolve) => market.on('failure', (failure) => resolve(failure.code), { once: true }));
  market.close();
  expect('a word on a port where nobody listens', code === 'unreachable');
}

await followEverything({ WebSocket }, 'websocket');
await followEverything({ subprotocol: 'depthcast.v1.sbe' }, 'websocket');
await followEverything({ worker: true }, 'websocket');
await followEverything({ WebSocket: Blocked, backoff: { baseMillis: 10 } }, 'events');
await meetNobody();
// Nothing must be left that keeps the process alive: it ends by itself.
console.log('OK');
