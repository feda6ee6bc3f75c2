// What clients of Binance's dialect cost beside ours, under the same load: so many of each kind follow one book of 500 levels
// ten times a second, first each kind alone, then JSON of ours and of Binance's together.
// usage: node beside.cjs BASE MANAGEMENT CLIENTS SECONDS, such as node beside.cjs http://127.0.0.1:8080 http://127.0.0.1:8081 1000 20
'use strict';
const net = require('node:net');
const [base, management, count, seconds] = [process.argv[2], process.argv[3], Number(process.argv[4]), Number(process.argv[5])];
/** One client in so many has its messages read. */
const SAMPLED = 20;
const KINDS = {
  json: { target: '/v1/stream', protocol: 'depthcast.v1.json' },
  compact: { target: '/v1/stream', protocol: 'depthcast.v1.compact' },
  binance: { target: '/binance/ws/btcusd@depth@100ms' },
};
const SUBSCRIBE = '{"op":"subscribe","channel":"book","symbols":["BTC-USD"],"depth":500,"intervalMillis":100}';
const wait = (millis) => new Promise((done) => setTimeout(done, millis));

/** A client's frame: masked, with a mask of nothing. */
function frame(opcode, payload) {
  const body = Buffer.from(payload);
  const head = body.length < 126 ? [0x80 | opcode, 0x80 | body.length] : [0x80 | opcode, 0xFE, body.length >> 8, body.length & 255];
  return Buffer.concat([Buffer.from([...head, 0, 0, 0, 0]), body]);
}

class Tally {
  constructor(kind) {
    Object.assign(this, { kind, messages: 0, bytes: 0, ages: [], closed: 0 });
  }

  reset() {
    Object.assign(this, { messages: 0, bytes: 0, ages: [] });
  }

  age(text) {
    const told = JSON.parse(text);
    const millis = told.e === 'depthUpdate' ? told.E : told.type === 'delta' ? told.time / 1000 : 0;
    if (millis) this.ages.push(Date.now() - Math.floor(millis));
  }

  quantile(share) {
    const sorted = [...this.ages].sort((a, b) => a - b);
    return sorted.length ? sorted[Math.floor(share * (sorted.length - 1))] : NaN;
  }
}

/** @param to base URL of the gateway */
function connect(to, kind, tally, index) {
  return new Promise((done, failed) => {
    const { hostname, port } = new URL(to);
    const { target, protocol } = KINDS[kind];
    const socket = net.connect(Number(port), hostname);
    let rest = Buffer.alloc(0);
    let isOpen = false;
    socket.on('connect', () => socket.write(`GET ${target} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nConnection: Upgrade\r\n`
      + 'Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n'
      + `${protocol ? `Sec-WebSocket-Protocol: ${protocol}\r\n` : ''}\r\n`));
    socket.on('error', failed);
    socket.on('close', () => { tally.closed++; });
    socket.on('data', (data) => {
      rest = rest.length ? Buffer.concat([rest, data]) : data;
      if (!isOpen) {
        const end = rest.indexOf('\r\n\r\n');
        if (end < 0) return;
        if (!rest.toString('latin1', 0, 12).endsWith('101')) failed(new Error(rest.toString('latin1', 0, end)));
        isOpen = true;
        rest = rest.subarray(end + 4);
        if (protocol) socket.write(frame(1, SUBSCRIBE));
        done(socket);
      }
      for (;;) {
        if (rest.length < 2) return;
        const short = rest[1];
        const head = short === 126 ? 4 : short === 127 ? 10 : 2;
        if (rest.length < head) return;
        const length = short === 126 ? rest.readUInt16BE(2) : short === 127 ? Number(rest.readBigUInt64BE(2)) : short;
        if (rest.length < head + length) return;
        const opcode = rest[0] & 15;
        if (opcode === 9) {
          socket.write(frame(10, rest.subarray(head, head + length)));
        } else if (opcode === 1 || opcode === 2) {
          tally.messages++;
          tally.bytes += head + length;
          if (opcode === 1 && index % SAMPLED === 0) tally.age(rest.toString('utf8', head, head + length));
        }
        rest = rest.subarray(head + length);
      }
    });
  });
}

async function figure(name) {
  const text = await (await fetch(`${management}/metrics`)).text();
  return Number(text.match(new RegExp(`^${name}(?:\\{[^}]*\\})? ([0-9.eE+-]+)$`, 'm'))[1]);
}

async function pass(kinds) {
  const tallies = kinds.map((kind) => new Tally(kind));
  const sockets = [];
  for (let i = 0; i < count; i++) {
    for (const tally of tallies) sockets.push(await connect(base, tally.kind, tally, i));
  }
  await wait(5000);
  const idle = await figure('process_cpu_seconds_total');
  tallies.forEach((tally) => tally.reset());
  const begun = Date.now();
  await wait(seconds * 1000);
  const cpu = await figure('process_cpu_seconds_total') - idle;
  const lasted = (Date.now() - begun) / 1000;
  const all = tallies.reduce((sum, tally) => sum + tally.messages, 0);
  for (const tally of tallies) {
    console.log([kinds.join('+'), tally.kind, `${(tally.messages / lasted).toFixed(0)} messages/s`,
      `${(tally.bytes / tally.messages).toFixed(0)} bytes each`, `${(1e6 * cpu / all).toFixed(1)} us of CPU each`,
      `age p50 ${tally.quantile(0.5)} ms, p99 ${tally.quantile(0.99)} ms`, `${tally.closed} closed`].join(', '));
  }
  sockets.forEach((socket) => socket.destroy());
  await wait(2000);
}

async function main() {
  await pass(['json']);
  await pass(['binance']);
  await pass(['compact']);
  await pass(['json', 'binance']);
  process.exit(0);
}
if (require.main === module) main();
module.exports = { KINDS, Tally, connect };
