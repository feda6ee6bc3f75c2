// Unmodified clients of Binance spot that go on while things go wrong, for faults.cjs and anew.cjs: each holds its books
// against the gateway's, and counts them by what had happened before.
'use strict';
const { bookText, followXchange, Client, Splice } = require('./books.cjs');
/** A change that comes so long after the one before has merged others: the pace is 100 ms. */
const MERGED_MILLIS = 900;
const wait = (millis) => new Promise((done) => setTimeout(done, millis));
const name = (symbol) => symbol.replace('-', '');

/** A client that counts its books by what had happened before, and how often it was sent away. */
class Tried extends Client {
  /** @param phase says what has happened by now: 0, 1 or 2 */
  constructor(name, phase) {
    super(name);
    this.phase = phase;
    Object.assign(this, { phases: [0, 0, 0], closed: 0, merged: 0 });
  }

  compared(updateId, isEqual) {
    const before = this.books;
    super.compared(updateId, isEqual);
    this.phases[this.phase()] += this.books - before;
  }
}

async function runCcxt(client, truth, { at, symbol }, until) {
  const ccxt = require('ccxt');
  const exchange = new ccxt.pro.binance({
    options: { fetchMarkets: { types: ['spot'] }, fetchCurrencies: false, fetchMargins: false, defaultType: 'spot' },
  });
  exchange.urls.api.public = `http://${at}/binance/api/v3`;
  exchange.urls.api.ws.spot = `ws://${at}/binance/ws`;
  await exchange.loadHttpProxyAgent();
  let last = 0;
  while (Date.now() < until) {
    try {
      const book = await exchange.watchOrderBook(symbol.replace('-', '/'));
      truth.compare(client, book.nonce, bookText([...book.bids], [...book.asks]));
      if (last && book.timestamp - last >= MERGED_MILLIS) client.merged++;
      last = book.timestamp || last;
    } catch (error) {
      if (error instanceof ccxt.NetworkError && !(error instanceof ccxt.ChecksumError)) client.closed++;
      else client.fault(`${error.constructor.name}: ${error.message}`);
      await wait(100);
    }
  }
  await exchange.close();
}

async function runNodeBinanceApi(client, truth, { at, symbol }, until) {
  const Binance = require('node-binance-api');
  const log = (...said) => {
    const text = said.join(' ');
    if (/out of sync/i.test(text)) client.fault(text);
    if (/WebSocket closed/.test(text)) client.closed++;
  };
  const api = new (Binance.default || Binance)().options({
    reconnect: true,
    verbose: true,
    log,
    urls: {
      base: `http://${at}/binance/api/`, stream: `ws://${at}/binance/ws/`, combineStream: `ws://${at}/binance/stream?streams=`,
    },
  });
  let last = 0;
  api.websockets.depthCache([name(symbol)], (of, depth, context) => {
    if (context && context.lastEventUpdateId) {
      truth.compare(client, context.lastEventUpdateId, bookText(Object.entries(depth.bids), Object.entries(depth.asks)));
      if (last && depth.eventTime - last >= MERGED_MILLIS) client.merged++;
      last = depth.eventTime;
    }
  }, 500);
  await wait(until - Date.now());
  Object.keys(api.websockets.subscriptions()).forEach((endpoint) => api.websockets.terminate(endpoint));
}

async function runConnector(client, truth, { at, symbol }, until) {
  const { Spot, WebsocketStream } = require('@binance/connector');
  const rest = new Spot('', '', { baseURL: `http://${at}/binance` });
  const quiet = { info() {}, warn() {}, debug() {}, log() {}, error() {} };
  let splice;
  let last = 0;
  const stream = new WebsocketStream({
    wsURL: `ws://${at}/binance`,
    logger: quiet,
    callbacks: {
      open: () => { splice = new Splice(client, truth, async () => (await rest.depth(name(symbol), { limit: 1000 })).data); },
      close: () => { client.closed++; },
      message: (text) => {
        const change = JSON.parse(text);
        if (last && change.E - last >= MERGED_MILLIS) client.merged++;
        last = change.E;
        splice.change(change);
      },
    },
  });
  stream.diffBookDepth(name(symbol).toLowerCase(), '100ms');
  await wait(until - Date.now());
  stream.disconnect();
}

/** It does not say when it was sent away. */
async function runXchange(xchange, client, truth, { at, symbol }, until) {
  const running = Math.ceil((until - Date.now()) / 1000);
  client.closed = NaN;
  let last = 0;
  await followXchange(client, [...xchange, `http://${at}`, symbol.replace('-', '/'), String(running)], (told) => {
    if (told.book) {
      truth.compare(client, told.book, bookText(told.bids, told.asks));
      if (last && told.time - last >= MERGED_MILLIS) client.merged++;
      last = told.time;
    }
  });
}

/** Each by its name; a run takes a client, the truth, where the gateway is with the symbol, and until when. */
const kinds = (xchange) => [
  ['ccxt', runCcxt],
  ['node-binance-api', runNodeBinanceApi],
  ['@binance/connector', runConnector],
  ['XChange-stream-binance', (...more) => runXchange(xchange, ...more)],
];

module.exports = { Tried, kinds };
