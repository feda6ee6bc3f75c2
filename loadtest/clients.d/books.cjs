// What holds the books of clients of Binance spot against those that the gateway tells its own clients.
'use strict';
const { spawn } = require('node:child_process');
const { createInterface } = require('node:readline');
const WebSocket = require('ws');
const KEPT_VERSIONS = 4000;
const YEAR_2020_MICROS = Date.UTC(2020, 0) * 1000;

/** One side as text: the best first, prices and sizes as numbers, so that how they are written does not count. */
function side(levels, direction) {
  return levels
    .map(([price, size]) => [Number(price), Number(size)])
    .sort((a, b) => direction * (a[0] - b[0]))
    .map((level) => level.join('='))
    .join(' ');
}
const bookText = (bids, asks) => side(bids, -1) + ' | ' + side(asks, 1);

/** The gateway's book as its own clients have it, by the update id of Binance's clients; and what is yet to be compared with it. */
class Truth {
  constructor(wsBase, symbol) {
    this.wsBase = wsBase;
    this.symbol = symbol;
    this.bids = new Map();
    this.asks = new Map();
    this.versions = new Map();
    this.waiting = new Map();
    this.connections = 0;
    /** Those that were told on one connection. */
    this.epochs = new Set();
  }

  /** Connects, and again when the gateway is gone for a while. */
  follow() {
    this.connections++;
    this.epochs.clear();
    this.socket = new WebSocket(`${this.wsBase}/v1/stream`, 'depthcast.v1.json');
    this.socket.on('open', () => this.socket.send(JSON.stringify({
      op: 'subscribe', channel: 'book', symbols: [this.symbol], depth: 500,
    })));
    this.socket.on('message', (text) => {
      const told = JSON.parse(text);
      for (const message of Array.isArray(told) ? told : [told]) {
        if (message.channel === 'book' && message.bids) this.apply(message);
      }
    });
    this.socket.on('error', () => {});
    this.socket.on('close', () => setTimeout(() => this.follow(), 100));
  }

  apply(message) {
    this.epochs.add(message.epoch);
    this.firstId = message.epoch - YEAR_2020_MICROS;
    if (message.type === 'snapshot') {
      this.bids.clear();
      this.asks.clear();
    }
    for (const [held, changes] of [[this.bids, message.bids], [this.asks, message.asks]]) {
      for (const [price, size] of changes) {
        if (Number(size) === 0) held.delete(price);
        else held.set(price, size);
      }
    }
    const text = bookText([...this.bids], [...this.asks]);
    const updateId = this.firstId + message.sequence;
    this.versions.set(updateId, text);
    if (this.versions.size > KEPT_VERSIONS) this.versions.delete(this.versions.keys().next().value);
    const waiting = this.waiting.get(updateId);
    this.waiting.delete(updateId);
    for (const claim of waiting || []) claim(text);
  }

  /** Has a client's book compared, now or when that version is told. */
  compare(client, updateId, text) {
    const claim = (expected) => client.compared(updateId, expected === text);
    const known = this.versions.get(updateId);
    if (known !== undefined) claim(known);
    else this.waiting.set(updateId, [...(this.waiting.get(updateId) || []), claim]);
  }
}

class Client {
  constructor(name) {
    this.name = name;
    this.books = 0;
    this.last = -1;
    this.facts = {};
    this.faults = [];
  }

  compared(updateId, isEqual) {
    if (updateId === this.last) return;
    this.last = updateId;
    if (isEqual) this.books++;
    else this.fault(`its book at ${updateId} is another`);
  }

  fact(what, isTrue, detail) {
    if (isTrue) this.facts[what] = (this.facts[what] || 0) + 1;
    else this.fault(`${what}: ${detail}`);
  }

  fault(text) {
    if (this.faults.length < 10) this.faults.push(text);
  }
}

/** The documented splice, strictly, for clients that hand on changes and keep no book. */
class Splice {
  constructor(client, truth, depth) {
    Object.assign(this, { client, truth, depth, waiting: [], isSpliced: false, heard: 0 });
  }

  change(diff) {
    if (this.heard && diff.U !== this.heard + 1) this.client.fault(`after ${this.heard} came ${diff.U}`);
    this.heard = diff.u;
    if (!this.isSpliced) {
      if (this.waiting.push(diff) === 1) this.ask();
    } else {
      this.apply(diff);
    }
  }

  async ask() {
    const snapshot = await this.depth();
    if (this.waiting[0].U > snapshot.lastUpdateId + 1) {
      this.client.fault('the snapshot is too old');
      return;
    }
    this.bids = new Map(snapshot.bids);
    this.asks = new Map(snapshot.asks);
    this.updateId = snapshot.lastUpdateId;
    this.isSpliced = true;
    this.waiting.forEach((diff) => this.apply(diff));
  }

  apply(diff) {
    if (diff.u <= this.updateId) return;
    for (const [held, changes] of [[this.bids, diff.b], [this.asks, diff.a]]) {
      for (const [price, size] of changes) {
        if (Number(size) === 0) held.delete(price);
        else held.set(price, size);
      }
    }
    this.updateId = diff.u;
    this.truth.compare(this.client, diff.u, bookText([...this.bids], [...this.asks]));
  }
}

/** Starts XChange and hands on what it prints, object by object, until it ends; which it has to do well. */
async function followXchange(client, command, onTold) {
  const java = spawn(command[0], command.slice(1), { stdio: ['ignore', 'pipe', 'pipe'] });
  process.on('exit', () => java.kill());
  let said = '';
  java.stderr.on('data', (text) => { said = (said + text).slice(-2000); });
  createInterface({ input: java.stdout }).on('line', (line) => {
    if (line.startsWith('{')) onTold(JSON.parse(line));
  });
  const code = await new Promise((done) => java.on('exit', done));
  if (code !== 0) client.fault(`it ended with ${code}: ${said}`);
}

/** So many new connections find it in turn, for each event loop of the gateway hears by itself what there is. */
const LOOPS_ASKED = 20;

/** Waits until an answer is there on whichever loop: a name that one does not know yet is taken, and nothing follows. */
async function served(url) {
  for (let found = 0, asked = 0; found < LOOPS_ASKED; asked++) {
    if (asked === 1000) throw new Error(`${url} is not served`);
    const answer = await fetch(url, { headers: { Connection: 'close' } }).catch(() => null);
    const text = answer && answer.ok ? await answer.text() : '';
    found = text && !text.includes('"instruments":[]') ? found + 1 : 0;
    if (!found) await new Promise((done) => setTimeout(done, 50));
  }
}

module.exports = { bookText, followXchange, served, Truth, Client, Splice };
