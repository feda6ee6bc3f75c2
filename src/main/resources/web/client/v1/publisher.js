// @ts-check
import { Backoff, mayReconnect } from './backoff.js';
import { OPEN, presentSocketClass } from './sockets.js';

const SUBPROTOCOL = 'depthcast.publish.v1';
/** The gateway takes a source for stale that says nothing for 10 s. */
const HEARTBEAT_MILLIS = 3_000;
/** More than this waiting to be sent, and changes are no longer queued: the whole books follow when there is room. */
const MAX_WAITING_BYTES = 4 * 1024 * 1024;

/**
 * Tells a gateway prices: defines instruments, publishes their books and trades, comes back with jitter when the connection
 * ends, and then tells every book whole again.
 *
 * @typedef {[price: string, size: string]} Level
 * @typedef {{tickSize: string, lotSize: string, status?: string}} Definition
 * @typedef {{definition: Definition, bids: Map<string, string>, asks: Map<string, string>, isWhole: boolean}} Book
 */
export class Publisher {
  #url;
  #options;
  #backoff;
  /** @type {any} */
  #socket = null;
  /** @type {Map<string, Book>} */
  #books = new Map();
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;
  /** @type {ReturnType<typeof setInterval>} */
  #beats;
  #openedMillis = 0;
  #saidMillis = 0;
  #closed = false;
  #behind = false;

  /** Objects that the gateway refused, on all connections. */
  refused = 0;
  /** Objects of this connection that the gateway has looked at. */
  through = 0;
  /** Connections that were made. */
  connections = 0;

  /**
   * @param {string} url such as ws://localhost:8082/v1/publish?source=me
   * @param {{WebSocket?: any, token?: () => string, random?: () => number, onRefused?: (refusal: any) => void}} [options]
   *   the class of sockets where the runtime has none, a token for each connection, and who hears of refusals
   */
  constructor(url, options = {}) {
    this.#url = url;
    this.#options = options;
    this.#backoff = new Backoff(options.random ?? Math.random);
    this.#beats = setInterval(() => this.#beat(), HEARTBEAT_MILLIS / 3);
    this.#connect();
  }

  /** @param {string} symbol @param {Definition} definition */
  define(symbol, definition) {
    const known = this.#books.get(symbol);
    const isSame =
      known && known.definition.tickSize === definition.tickSize && known.definition.lotSize === definition.lotSize;
    const empty = { definition, bids: new Map(), asks: new Map(), isWhole: false };
    this.#books.set(symbol, isSame ? { ...known, definition } : empty);
    this.#say({ op: 'define', symbol, ...definition });
  }

  /** The whole book. @param {string} symbol @param {Level[]} bids @param {Level[]} asks @param {number} [time] */
  snapshot(symbol, bids, asks, time) {
    const book = this.#book(symbol);
    if (areGood(book, bids) && areGood(book, asks)) {
      book.bids = new Map();
      book.asks = new Map();
      book.isWhole = true;
      apply(book.bids, bids);
      apply(book.asks, asks);
    }
    this.#say({ op: 'snapshot', symbol, bids, asks, time });
  }

  /** New absolute sizes, 0 removes. @param {string} symbol @param {Level[]} bids @param {Level[]} asks @param {number} [time] */
  update(symbol, bids, asks, time) {
    const book = this.#book(symbol);
    if (areGood(book, bids) && areGood(book, asks)) {
      apply(book.bids, bids);
      apply(book.asks, asks);
    }
    this.#say({ op: 'update', symbol, bids, asks, time });
  }

  /** @param {string} symbol @param {{price: string, size: string, side: 'buy'|'sell', id?: string, time?: number}} trade */
  trade(symbol, trade) {
    this.#say({ op: 'trade', symbol, ...trade });
  }

  /** @param {string} symbol @param {'open'|'halted'|'auction'|'closed'} status */
  status(symbol, status) {
    const book = this.#book(symbol);
    book.definition = { ...book.definition, status };
    this.#say({ op: 'status', symbol, status });
  }

  /** @param {string} symbol */
  remove(symbol) {
    this.#books.delete(symbol);
    this.#say({ op: 'remove', symbol });
  }

  /** Ends for good. */
  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
    clearInterval(this.#beats);
    this.#socket?.close(1000);
  }

  /** @param {string} symbol @returns {Book} */
  #book(symbol) {
    const book = this.#books.get(symbol);
    if (!book) {
      throw new Error(`define ${symbol} first`);
    }
    return book;
  }

  #connect() {
    const SocketClass = presentSocketClass(this.#options.WebSocket);
    if (!SocketClass) {
      throw new Error('this runtime has no WebSocket; pass the one of the package ws');
    }
    const protocols = this.#options.token ? [SUBPROTOCOL, `bearer.${this.#options.token()}`] : [SUBPROTOCOL];
    const socket = new SocketClass(this.#url, protocols);
    this.#socket = socket;
    this.#openedMillis = 0;
    socket.onopen = () => this.#opened();
    socket.onmessage = (/** @type {MessageEvent} */ event) => this.#heard(JSON.parse(String(event.data)));
    socket.onerror = () => {};
    socket.onclose = (/** @type {CloseEvent} */ event) => this.#ended(event.code);
  }

  #opened() {
    this.#openedMillis = Date.now();
    this.connections += 1;
    this.through = 0;
    this.#behind = false;
    this.#tellAll();
  }

  #tellAll() {
    const objects = [];
    for (const [symbol, book] of this.#books) {
      objects.push({ op: 'define', symbol, ...book.definition });
      if (book.isWhole) {
        objects.push({ op: 'snapshot', symbol, bids: [...book.bids], asks: [...book.asks] });
      }
    }
    objects.forEach((object) => this.#send(object));
  }

  /** @param {any} answer */
  #heard(answer) {
    if (answer.op === 'published') {
      this.through = answer.through;
    } else if (answer.op === 'refused') {
      this.refused += 1;
      this.#options.onRefused?.(answer);
    }
  }

  /** @param {number} code */
  #ended(code) {
    const livedMillis = this.#openedMillis ? Date.now() - this.#openedMillis : 0;
    this.#socket = null;
    if (!this.#closed && mayReconnect(code) && code !== 4009) {
      this.#timer = setTimeout(() => this.#connect(), this.#backoff.next(livedMillis, code, 0));
    } else {
      this.close();
    }
  }

  #beat() {
    if (this.#behind && this.#hasRoom()) {
      this.#behind = false;
      this.#tellAll();
    } else if (Date.now() - this.#saidMillis >= HEARTBEAT_MILLIS) {
      this.#say({ op: 'heartbeat' });
    }
  }

  #hasRoom() {
    return this.#socket?.readyState === OPEN && (this.#socket.bufferedAmount ?? 0) < MAX_WAITING_BYTES;
  }

  /** What cannot be sent now is in the books, which follow whole. @param {any} object */
  #say(object) {
    if (this.#hasRoom() && !this.#behind) {
      this.#send(object);
    } else if (this.#socket?.readyState === OPEN) {
      this.#behind = true;
    }
  }

  /** @param {any} object */
  #send(object) {
    this.#saidMillis = Date.now();
    this.#socket.send(JSON.stringify(object));
  }
}

/** Whether the gateway takes them. What it refuses must not come again with the whole book. @param {Book} book @param {Level[]} levels */
function areGood(book, levels) {
  return levels.every(
    ([price, size]) => /^\d+(\.\d+)?$/.test(size) && isMultiple(price, book.definition.tickSize),
  );
}

/** Of two decimals. @param {string} price @param {string} tick */
function isMultiple(price, tick) {
  if (!/^-?\d+(\.\d+)?$/.test(price)) {
    return false;
  }
  const decimals = Math.max(decimalsOf(price), decimalsOf(tick));
  return scaled(price, decimals) % scaled(tick, decimals) === 0n;
}

/** @param {string} number */
function decimalsOf(number) {
  return number.includes('.') ? number.length - number.indexOf('.') - 1 : 0;
}

/** @param {string} number @param {number} decimals */
function scaled(number, decimals) {
  return BigInt(number.replace('.', '') + '0'.repeat(decimals - decimalsOf(number)));
}

/** @param {Map<string, string>} levels @param {Level[]} changes */
function apply(levels, changes) {
  for (const [price, size] of changes) {
    // The same price may be written with more or fewer zeros.
    const key = price.includes('.') ? price.replace(/\.?0+$/, '') : price;
    if (/^0*\.?0*$/.test(size)) {
      levels.delete(key);
    } else {
      levels.set(key, size);
    }
  }
}
