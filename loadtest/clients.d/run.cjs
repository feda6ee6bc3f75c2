// Runs unmodified clients of Binance spot against a gateway and compares what they hold with what the gateway tells its own
// clients: every book level by level at the same update id, and trades, candles and tickers with REST.
// usage: node run.cjs BASE SECONDS [JAVA ARGUMENTS that start XchangeBooks], such as node run.cjs http://127.0.0.1:8080 60
'use strict';
const base = process.argv[2];
const seconds = Number(process.argv[3] || 60);
const xchange = process.argv.slice(4);
const wsBase = base.replace(/^http/, 'ws');
const LEAST_BOOKS = 30;
const { bookText, followXchange, served, Truth, Client, Splice } = require('./books.cjs');

const wait = (millis) => new Promise((done) => setTimeout(done, millis));
const get = async (path) => {
  const answer = await fetch(base + path);
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
};

/** Trades of a client against those of the gateway's own REST, by id. */
async function compareTrades(client, truth, symbol, trades) {
  const { trades: ours } = await get(`/v1/trades/${symbol}?limit=1000`);
  const byId = new Map(ours.map((trade) => [truth.firstId + trade.id, trade]));
  for (const trade of trades) {
    const own = byId.get(Number(trade.id));
    if (own) {
      client.fact('trades', Number(own.price) === Number(trade.price) && Number(own.size) === Number(trade.size)
        && own.side === trade.side && Math.floor(own.time / 1000) === Number(trade.time), JSON.stringify([own, trade]));
    }
  }
}

/** Candles by their start, those that were closed before the client asked; to be called last, when there are some. */
async function compareCandles(client, symbol, fetchCandles) {
  const { candles: ours } = await get(`/v1/candles/${symbol}?interval=1s&limit=1000`);
  const byStart = new Map(ours.map((candle) => [candle.start / 1000, candle]));
  for (const [start, open, high, low, close, volume] of await fetchCandles()) {
    const own = byStart.get(Number(start));
    if (own && own.closed) {
      client.fact('candles', [own.open, own.high, own.low, own.close, own.volume].map(Number).join()
        === [open, high, low, close, volume].map(Number).join(), JSON.stringify([own, start, open, high, low, close, volume]));
    }
  }
}

/** A ticker beside the one of the gateway's own REST, where both are of the same millisecond. */
async function compareTicker(client, symbol, fetchTicker) {
  for (let attempt = 0; attempt < 40; attempt++) {
    const [own, ticker] = await Promise.all([get(`/v1/ticker/${symbol}`), fetchTicker()]);
    if (Math.floor(own.time / 1000) === Number(ticker.time)) {
      client.fact('tickers', [own.last, own.open, own.high, own.low, own.volume].map(Number).join()
        === [ticker.last, ticker.open, ticker.high, ticker.low, ticker.volume].map(Number).join(),
      JSON.stringify([own, ticker]));
      return;
    }
  }
}

async function runCcxt(truth, instrument, until) {
  const client = new Client('ccxt');
  const ccxt = require('ccxt');
  const exchange = new ccxt.pro.binance({
    options: { fetchMarkets: { types: ['spot'] }, fetchCurrencies: false, fetchMargins: false, defaultType: 'spot' },
  });
  exchange.urls.api.public = `${base}/binance/api/v3`;
  exchange.urls.api.ws.spot = `${wsBase}/binance/ws`;
  await exchange.loadHttpProxyAgent();
  const symbol = instrument.symbol.replace('-', '/');
  const books = async () => {
    while (Date.now() < until) {
      const book = await exchange.watchOrderBook(symbol);
      truth.compare(client, book.nonce, bookText([...book.bids], [...book.asks]));
    }
  };
  const trades = async () => {
    const seen = [];
    while (Date.now() < until) {
      for (const trade of await exchange.watchTrades(symbol)) {
        seen.push({ id: trade.id, price: trade.price, size: trade.amount, side: trade.side, time: trade.timestamp });
      }
    }
    await compareTrades(client, truth, instrument.symbol, seen.slice(-200));
  };
  const rest = async () => {
    await compareTrades(client, truth, instrument.symbol, (await exchange.fetchTrades(symbol, undefined, 100)).map(
      (trade) => ({ id: trade.id, price: trade.price, size: trade.amount, side: trade.side, time: trade.timestamp })));
    await compareTicker(client, instrument.symbol, async () => {
      const ticker = await exchange.fetchTicker(symbol);
      return { time: ticker.timestamp, last: ticker.last, open: ticker.open, high: ticker.high, low: ticker.low,
        volume: ticker.baseVolume };
    });
    const ticker = await exchange.watchTicker(symbol);
    client.fact('watched tickers', ticker.last > 0, JSON.stringify(ticker));
    const best = await exchange.watchBidsAsks([symbol]);
    client.fact('watched best prices', best[symbol].bid < best[symbol].ask, JSON.stringify(best));
  };
  const running = [books(), trades(), rest()].map((part) => part.catch((error) => client.fault(String(error))));
  await Promise.race([Promise.all(running), wait(until - Date.now() + 5000)]);
  await compareCandles(client, instrument.symbol, () => exchange.fetchOHLCV(symbol, '1s', undefined, 100));
  await exchange.close();
  return client;
}

async function runNodeBinanceApi(truth, instrument, until) {
  const client = new Client('node-binance-api');
  const Binance = require('node-binance-api');
  const api = new (Binance.default || Binance)().options({
    reconnect: true,
    verbose: true,
    log: (...said) => { if (/out of sync|error/i.test(said.join(' '))) client.fault(said.join(' ')); },
    urls: {
      base: `${base}/binance/api/`, stream: `${wsBase}/binance/ws/`, combineStream: `${wsBase}/binance/stream?streams=`,
    },
  });
  const name = instrument.symbol.replace('-', '');
  api.websockets.depthCache([name], (symbol, depth, context) => {
    if (context && context.lastEventUpdateId) {
      truth.compare(client, context.lastEventUpdateId, bookText(Object.entries(depth.bids), Object.entries(depth.asks)));
    }
  }, 500);
  await wait(until - Date.now());
  await compareCandles(client, instrument.symbol, async () => (await api.candles(name, '1s', { limit: 100 })).map(
    (candle) => (Array.isArray(candle) ? candle
      : [candle.openTime, candle.open, candle.high, candle.low, candle.close, candle.volume])));
  Object.keys(api.websockets.subscriptions()).forEach((endpoint) => api.websockets.terminate(endpoint));
  return client;
}

async function runConnector(truth, instrument, until, combinedStreams) {
  const client = new Client(`@binance/connector${combinedStreams ? ', combined' : ''}`);
  const { Spot, WebsocketStream } = require('@binance/connector');
  const name = instrument.symbol.replace('-', '');
  const rest = new Spot('', '', { baseURL: `${base}/binance` });
  const splice = new Splice(client, truth, async () => (await rest.depth(name, { limit: 1000 })).data);
  const seen = [];
  const quiet = { info() {}, warn() {}, debug() {}, log() {}, error: (text) => client.fault(String(text)) };
  const stream = new WebsocketStream({
    wsURL: `${wsBase}/binance`,
    combinedStreams,
    logger: quiet,
    callbacks: {
      message: (text) => {
        const message = JSON.parse(text);
        const data = message.data || message;
        if (data.e === 'depthUpdate') splice.change(data);
        if (data.e === 'trade') {
          seen.push({ id: data.t, price: data.p, size: data.q, side: data.m ? 'sell' : 'buy', time: data.T });
        }
      },
    },
  });
  stream.diffBookDepth(name.toLowerCase(), '100ms');
  stream.trade(name.toLowerCase());
  await compareTicker(client, instrument.symbol, async () => {
    const { data } = await rest.ticker24hr(name);
    return { time: data.closeTime, last: data.lastPrice, open: data.openPrice, high: data.highPrice, low: data.lowPrice,
      volume: data.volume };
  });
  await wait(until - Date.now());
  await compareCandles(client, instrument.symbol, async () => (await rest.klines(name, '1s', { limit: 100 })).data);
  await compareTrades(client, truth, instrument.symbol, seen.slice(-200));
  stream.disconnect();
  return client;
}

async function runXchange(truth, instrument, until) {
  const client = new Client('XChange-stream-binance');
  const running = Math.ceil((until - Date.now()) / 1000);
  const seen = [];
  await followXchange(client, [...xchange, base, instrument.symbol.replace('-', '/'), String(running)], (told) => {
    if (told.book) {
      truth.compare(client, told.book, bookText(told.bids, told.asks));
    } else if (told.trade) {
      seen.push({ ...told, id: told.trade });
    } else {
      client.fact('tickers', told.ticker > 0, JSON.stringify(told));
    }
  });
  await wait(300);
  await compareTrades(client, truth, instrument.symbol, seen.slice(-200));
  return client;
}

async function main() {
  await served(`${base}/v1/instruments`);
  const { instruments } = await get('/v1/instruments');
  const instrument = instruments[0];
  const truth = new Truth(wsBase, instrument.symbol);
  truth.follow();
  await wait(500);
  const until = Date.now() + seconds * 1000;
  const clients = await Promise.all([
    runCcxt(truth, instrument, until),
    runNodeBinanceApi(truth, instrument, until),
    runConnector(truth, instrument, until, false),
    runConnector(truth, instrument, until, true),
    ...(xchange.length ? [runXchange(truth, instrument, until)] : []),
  ]);
  let isGood = true;
  for (const client of clients) {
    const facts = Object.entries(client.facts).map(([what, count]) => `${count} ${what}`).join(', ');
    console.log(`${client.name}: ${client.books} books equal at the same update id${facts ? ', ' + facts : ''}`);
    // XChange has no streams of candles, and its requests are not run.
    if (!client.facts.candles && !client.name.startsWith('XChange')) client.fault('no candle was compared');
    client.faults.forEach((fault) => console.log(`  ${fault}`));
    isGood = isGood && client.books >= LEAST_BOOKS && client.faults.length === 0;
  }
  process.exit(isGood ? 0 : 1);
}

process.on('unhandledRejection', (error) => {
  console.error(error);
  process.exit(2);
});
main();
