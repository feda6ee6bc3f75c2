// @ts-check
import { crc32 } from '/client/v1/crc32.js';
import { Depthcast } from '/client/v1/depthcast.js';
import { INSTRUMENTS, PlayedSocket, until, withAnswers } from './played-gateway.js';

/**
 * @param {(market: Depthcast, socket: PlayedSocket, asked: string[]) => Promise<void>} body with a client that is connected
 * @param {Record<string, any>} [answers]
 */
export function connected(body, answers = {}) {
  return withAnswers({ '/v1/instruments': { instruments: INSTRUMENTS }, ...answers }, async (asked) => {
    const options = {
      WebSocket: PlayedSocket,
      subprotocol: /** @type {const} */ ('depthcast.v1.json'),
      random: () => 0,
    };
    const market = new Depthcast('ws://gateway/v1/stream', options);
    try {
      PlayedSocket.all[0].welcome();
      await until(() => market.state === 'live');
      await body(market, PlayedSocket.all[0], asked);
    } finally {
      market.close();
    }
  });
}

/** @param {[number, number][]} bids in ticks and lots @param {[number, number][]} asks @param {number} sequence */
export function snapshot(bids, asks, sequence) {
  const numbers = [...asks.slice(0, 10), ...bids.slice(0, 10)].flat();
  const view = new DataView(new ArrayBuffer(numbers.length * 8));
  numbers.forEach((number, i) => view.setBigInt64(i * 8, BigInt(number), true));
  const checksum = crc32(new Uint8Array(view.buffer), view.byteLength);
  const text = (/** @type {[number, number]} */ [price, size]) => [(price / 10).toFixed(1), (size / 1e4).toFixed(4)];
  const version = { epoch: 7, previous: 0, sequence, time: 1, sent: 2, checksum };
  return {
    type: 'snapshot',
    channel: 'book',
    symbol: 'BTC-USD',
    ...version,
    bids: bids.map(text),
    asks: asks.map(text),
  };
}

/** @param {number} count @param {number} best @param {1|-1} step @returns {[number, number][]} */
export function ladder(count, best, step) {
  return Array.from({ length: count }, (_, i) => [best + step * i, i + 1]);
}
