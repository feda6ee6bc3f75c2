// Unmodified clients of Binance spot while things go wrong: half of them behind a proxy that stands still most of the time,
// so that the gateway merges for them; an instrument changes its steps after a sixth of the time, and after seven
// twelfths the gateway begins anew, with another epoch. No book may ever be wrong, and what a client itself checks may never fail.
// usage: node faults.cjs SECONDS GATEWAY... -- XCHANGE..., commands that start a gateway and XchangeBooks, such as
// node faults.cjs 60 java -jar depthcast.jar -- java -cp ... XchangeBooks
'use strict';
const { spawn } = require('node:child_process');
const net = require('node:net');
const WebSocket = require('ws');
const { served, Truth } = require('./books.cjs');
const { Tried, kinds } = require('./tried.cjs');
const seconds = Number(process.argv[2]);
const commands = process.argv.slice(3);
const command = commands.slice(0, commands.indexOf('--'));
const xchange = commands.slice(commands.indexOf('--') + 1);
const SYMBOL = 'STEP-USD';
const LEVELS = 200;
/** That change at once. */
const CHANGES = 60;
const PUBLISH_MILLIS = 50;
/** How long the slow proxy stands still, and how long it then runs. */
const STALL_MILLIS = 2000;
const RUN_MILLIS = 1000;
/** Of each second that it lasts. */
const BEFORE_STEPS_MILLIS = 1000 / 6;
const BEFORE_EPOCH_MILLIS = 1000 * 7 / 12;
const LEAST_BOOKS = 30;
/** In each part of the time; who connects again may take five seconds for it. */
const LEAST_BOOKS_A_PHASE = 4;
const wait = (millis) => new Promise((done) => setTimeout(done, millis));

let gateway;
let port;
let ingestPort;
let isOpen = false;
let phase = 0;

/** A free one. */
function freePort() {
  return new Promise((done) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = server.address();
      server.close(() => done(free));
    });
  });
}

/** One that has no market but what is published. */
async function startGateway() {
  const settings = [`http.port=${port}`, `ingest.port=${ingestPort}`, 'http.host=127.0.0.1', 'management.port=0', 'feed.kind=none'];
  gateway = spawn(command[0], [...command.slice(1), ...settings.flatMap((each) => ['--set', each])], { stdio: ['ignore', 'pipe', 'ignore'] });
  await new Promise((done, failed) => {
    gateway.stdout.on('data', (text) => { if (/listening on/.test(text)) done(); });
    gateway.on('exit', () => failed(new Error('the gateway did not start')));
  });
}

async function stopGateway() {
  isOpen = false;
  const gone = new Promise((done) => gateway.on('exit', done));
  gateway.kill('SIGTERM');
  await gone;
}

/** A market of one instrument, told at the ingest port: some levels change every 50 ms. */
class Publisher {
  constructor() {
    this.steps = { tickSize: '0.01', lotSize: '0.1', decimals: [2, 1], scale: [1, 1] };
    this.random = 1;
  }

  /** From 0 to below the bound, the same for every run. */
  next(bound) {
    this.random = (this.random * 48271) % 2147483647;
    return this.random % bound;
  }

  connect() {
    return new Promise((done, failed) => {
      this.socket = new WebSocket(`ws://127.0.0.1:${ingestPort}/v1/publish?source=steps`, 'depthcast.publish.v1');
      this.socket.on('error', failed);
      this.socket.on('message', (text) => {
        const told = JSON.parse(text);
        if (told.op === 'refused') throw new Error(text);
        if (told.op === 'published') done();
      });
      this.socket.on('open', () => {
        this.begin();
        this.timer = setInterval(() => this.tell('update', CHANGES), PUBLISH_MILLIS);
      });
      this.socket.on('close', () => clearInterval(this.timer));
    });
  }

  begin() {
    const { tickSize, lotSize } = this.steps;
    this.socket.send(JSON.stringify({ op: 'define', symbol: SYMBOL, tickSize, lotSize, status: 'open' }));
    this.tell('snapshot', 2 * LEVELS);
  }

  /** Other steps: the book begins anew. */
  change() {
    this.steps = { tickSize: '0.05', lotSize: '0.25', decimals: [2, 2], scale: [5, 25] };
    this.begin();
  }

  tell(op, count) {
    const sides = { bids: new Map(), asks: new Map() };
    for (let i = 0; i < count; i++) {
      const away = 1 + this.next(LEVELS);
      const isBid = this.next(2) === 0;
      const ticks = isBid ? 2000 - away : 2000 + away;
      const lots = op === 'update' && this.next(3) === 0 ? 0 : 1 + this.next(500);
      const [tickScale, lotScale] = this.steps.scale;
      const [priceDecimals, sizeDecimals] = this.steps.decimals;
      sides[isBid ? 'bids' : 'asks'].set((ticks * tickScale / 100).toFixed(priceDecimals),
        lots === 0 ? '0' : (lots * lotScale / 10 ** sizeDecimals).toFixed(sizeDecimals));
    }
    this.socket.send(JSON.stringify({ op, symbol: SYMBOL, bids: [...sides.bids], asks: [...sides.asks] }));
  }
}

/** Between clients and gateway; who comes while the gateway has no market waits for it. */
function proxy(isSlow) {
  const upstreams = new Set();
  const server = net.createServer(async (client) => {
    client.on('error', () => client.destroy());
    while (!isOpen) await wait(50);
    const upstream = net.connect(port, '127.0.0.1');
    upstreams.add(upstream);
    client.pipe(upstream);
    upstream.on('data', (data) => client.write(data));
    upstream.on('end', () => client.end());
    for (const [one, other] of [[client, upstream], [upstream, client]]) {
      one.on('error', () => other.destroy());
      one.on('close', () => { upstreams.delete(upstream); other.destroy(); });
    }
  });
  const stall = async () => {
    for (;;) {
      await wait(RUN_MILLIS);
      upstreams.forEach((each) => each.pause());
      await wait(STALL_MILLIS);
      upstreams.forEach((each) => each.resume());
    }
  };
  if (isSlow) stall();
  return new Promise((done) => server.listen(0, '127.0.0.1', () => done(server.address().port)));
}

async function main() {
  port = await freePort();
  ingestPort = await freePort();
  await startGateway();
  const publisher = new Publisher();
  await publisher.connect();
  await served(`http://127.0.0.1:${port}/v1/book/${SYMBOL}`);
  isOpen = true;
  // By a way of its own, on which it too waits for a market.
  const truth = new Truth(`ws://127.0.0.1:${await proxy(false)}`, SYMBOL);
  truth.follow();
  const until = Date.now() + seconds * 1000;
  const epochAt = Date.now() + seconds * BEFORE_EPOCH_MILLIS;
  const clients = [];
  const running = [];
  for (const isSlow of [false, true]) {
    const at = `127.0.0.1:${await proxy(isSlow)}`;
    for (const [name, run] of kinds(xchange)) {
      const client = new Tried(`${name}${isSlow ? ', slow' : ''}`, () => phase);
      client.isSlow = isSlow;
      clients.push(client);
      running.push(run(client, truth, { at, symbol: SYMBOL }, until).catch((error) => client.fault(String(error))));
    }
  }
  await wait(seconds * BEFORE_STEPS_MILLIS);
  phase = 1;
  publisher.change();
  // XChange comes back some ten seconds after it was sent away.
  await wait(epochAt - Date.now());
  await stopGateway();
  phase = 2;
  await startGateway();
  await publisher.connect();
  await served(`http://127.0.0.1:${port}/v1/book/${SYMBOL}`);
  isOpen = true;
  await Promise.race([Promise.all(running), wait(until - Date.now() + 5000)]);
  let isGood = true;
  for (const client of clients) {
    const [first, afterChange, afterEpoch] = client.phases;
    // A virtual machine that has only begun may come late to the first.
    const phases = client.name.startsWith('XChange') ? [afterChange, afterEpoch] : client.phases;
    console.log(`${client.name}: ${first} books equal before, ${afterChange} after other steps, `
      + `${afterEpoch} in another epoch; `
      + `${client.closed >= 0 ? `closed ${client.closed} times, ` : ''}${client.merged} changes merged`);
    client.faults.forEach((fault) => console.log(`  ${fault}`));
    isGood = isGood && client.faults.length === 0 && !(client.closed < 2) && client.books >= (client.isSlow ? 1 : LEAST_BOOKS)
      && phases.every((books) => books >= LEAST_BOOKS_A_PHASE) && (client.merged > 0 || !client.isSlow);
  }
  await stopGateway();
  process.exit(isGood ? 0 : 1);
}

process.on('exit', () => gateway && gateway.kill('SIGKILL'));
main().catch((error) => {
  console.error(error);
  process.exit(2);
});
