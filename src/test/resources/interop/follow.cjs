// Follows five books over npm's ws and checks every message. Arguments: the folder of ws, the port.
'use strict';

const assert = require('node:assert');

const [wsFolder, port] = process.argv.slice(2);
const WebSocket = require(wsFolder);

const SYMBOLS = ['BTC-USD', 'ETH-USD', 'SOL-USD', 'XRP-USD', 'BNB-USD'];
const MESSAGES = 300;
const OFFERS = [true, { serverNoContextTakeover: true }, { serverMaxWindowBits: 12, clientMaxWindowBits: 10 }];

const CRC_TABLE = Array.from({ length: 256 }, (_, n) => {
    for (let bit = 0; bit < 8; bit++) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1;
    return n >>> 0;
});

function crc32(bytes) {
    let crc = 0xffffffff;
    for (const byte of bytes) crc = (crc >>> 8) ^ CRC_TABLE[(crc ^ byte) & 0xff];
    return (crc ^ 0xffffffff) >>> 0;
}

class Book {
    constructor({ tickSize, lotSize }) {
        this.steps = [tickSize, lotSize].map((size) => BigInt(size.replace('.', '')));
        this.version = null;
        this.bids = new Map();
        this.asks = new Map();
    }

    apply(message) {
        if (message.type === 'snapshot') {
            assert.strictEqual(message.previous, 0);
            this.bids.clear();
            this.asks.clear();
        } else {
            assert.strictEqual(this.version, `${message.epoch}:${message.previous}`, 'gap');
        }
        for (const side of ['bids', 'asks']) {
            for (const level of message[side]) {
                const [ticks, lots] = level.map((text, i) => BigInt(text.replace('.', '')) / this.steps[i]);
                if (lots === 0n) this[side].delete(ticks);
                else this[side].set(ticks, lots);
            }
        }
        this.version = `${message.epoch}:${message.sequence}`;
        assert.strictEqual(this.checksum(), message.checksum, 'checksum');
    }

    checksum() {
        const ascending = (side) => [...side].sort((a, b) => (a[0] < b[0] ? -1 : 1));
        const best = [...ascending(this.asks).slice(0, 10), ...ascending(this.bids).reverse().slice(0, 10)];
        const bytes = Buffer.alloc(best.length * 16);
        best.flat().forEach((value, i) => bytes.writeBigInt64LE(value, i * 8));
        return crc32(bytes);
    }
}

function follow(depth, perMessageDeflate, instruments) {
    return new Promise((resolve, reject) => {
        const books = new Map(SYMBOLS.map((symbol) => [symbol, new Book(instruments.get(symbol))]));
        let seen = 0;
        const url = `ws://127.0.0.1:${port}/v1/stream`;
        const socket = new WebSocket(url, ['depthcast.v1.json'], { perMessageDeflate });
        socket.on('error', reject);
        socket.on('close', (code) => (code === 1000 ? resolve() : reject(new Error(`closed with ${code}`))));
        socket.on('open', () => {
            assert.match(socket.extensions, /^permessage-deflate/);
            socket.send(JSON.stringify({ op: 'subscribe', channel: 'book', symbols: SYMBOLS, depth }));
        });
        socket.on('message', (data) => {
            for (const message of [JSON.parse(data)].flat()) {
                assert.notStrictEqual(message.op, 'error', message.reason);
                if (message.channel === 'book' && message.type) {
                    books.get(message.symbol).apply(message);
                    seen++;
                }
            }
            if (seen >= MESSAGES) socket.close(1000);
        });
    });
}

async function main() {
    const listing = await (await fetch(`http://127.0.0.1:${port}/v1/instruments`)).json();
    const instruments = new Map(listing.instruments.map((each) => [each.symbol, each]));
    await Promise.all(OFFERS.flatMap((offer) => [500, 10].map((depth) => follow(depth, offer, instruments))));
    console.log('OK');
}

main().catch((error) => {
    console.error(error);
    process.exitCode = 1;
});
