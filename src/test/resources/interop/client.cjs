// Follows five books on each of so many sockets with npm ws and proves every message: sequence and CRC-32. Prints OK at the end.
'use strict';

const [, , port, depthText, modules, socketsText = '1'] = process.argv;
const WebSocket = require(require.resolve('ws', { paths: [modules] }));
const depth = Number(depthText);
const sockets = Number(socketsText);
const messagesWanted = 400;
const millisBetweenSockets = 20;
// So that proving is not what keeps the machine busy.
const manyIntervalMillis = 100;
const symbols = ['BTC-USD', 'ETH-USD', 'SOL-USD', 'XRP-USD', 'SHIB-USD'];
let left = sockets;

const crcTable = Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc >>> 0;
});
const crc32 = (bytes) => ~bytes.reduce((crc, byte) => (crc >>> 8) ^ crcTable[(crc ^ byte) & 0xff], -1) >>> 0;

function fail(why) {
  console.error(why);
  process.exit(1);
}

/** A decimal as a whole number of steps, without floating point. */
function inSteps(text, step) {
  const digits = (step.split('.')[1] ?? '').length;
  const scaled = (decimal) => {
    const [whole, fraction = ''] = decimal.split('.');
    return BigInt(whole + fraction.padEnd(digits, '0'));
  };
  return scaled(text) / scaled(step);
}

function checksum(book, { tickSize, lotSize }) {
  const best = (side, order) =>
    [...side].map(([price, size]) => [inSteps(price, tickSize), inSteps(size, lotSize)]).sort(order).slice(0, 10);
  const asks = best(book.asks, (a, b) => (a[0] < b[0] ? -1 : 1));
  const bids = best(book.bids, (a, b) => (a[0] > b[0] ? -1 : 1));
  const bytes = Buffer.alloc(16 * (asks.length + bids.length));
  [...asks, ...bids].flat().forEach((value, i) => bytes.writeBigInt64LE(value, 8 * i));
  return crc32(bytes);
}

function apply(books, message, instrument) {
  const book = message.type === 'snapshot' ? { bids: new Map(), asks: new Map() } : books.get(message.symbol);
  books.set(message.symbol, book);
  if (message.type === 'delta' && message.previous !== book.sequence) fail(`gap at ${message.previous}`);
  book.sequence = message.sequence;
  for (const side of ['bids', 'asks']) {
    for (const [price, size] of message[side]) {
      if (/^[0.]+$/.test(size)) book[side].delete(price);
      else book[side].set(price, size);
    }
    if (book[side].size > depth) fail(`${book[side].size} levels at depth ${depth}`);
  }
  if (checksum(book, instrument) !== message.checksum) fail(`wrong checksum at ${message.sequence}`);
}

function follow(instruments) {
  const books = new Map();
  let applied = 0;
  const socket = new WebSocket(`ws://127.0.0.1:${port}/v1/stream`, ['depthcast.v1.json']);
  socket.on('open', () => {
    if (!socket.extensions.includes('permessage-deflate')) fail('no permessage-deflate');
    const intervalMillis = sockets > 1 ? manyIntervalMillis : undefined;
    socket.send(JSON.stringify({ op: 'subscribe', channel: 'book', symbols, depth, intervalMillis }));
  });
  socket.on('message', (data) => {
    for (const message of [JSON.parse(String(data))].flat()) {
      if (message.channel !== 'book' || !message.type) continue;
      apply(books, message, instruments.get(message.symbol));
      applied++;
      if (applied === messagesWanted && books.size === symbols.length && --left === 0) {
        console.log('OK', sockets, applied);
        process.exit(0);
      }
    }
  });
  socket.on('error', (error) => fail(String(error)));
  socket.on('close', (code, reason) => fail(`closed ${code} ${reason}`));
}

async function main() {
  const answer = await fetch(`http://127.0.0.1:${port}/v1/instruments`);
  const instruments = new Map((await answer.json()).instruments.map((each) => [each.symbol, each]));
  for (let i = 0; i < sockets; i++) setTimeout(() => follow(instruments), i * millisBetweenSockets);
  setTimeout(() => fail(`${left} sockets have too few messages`), 80_000);
}

main();
