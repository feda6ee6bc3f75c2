// @ts-check
import { DepthcastError } from './errors.js';
import { EventPlan } from './event-plan.js';
import { readEvents } from './event-reader.js';
import { refusal } from './refusal.js';
import { requestsBeside } from './rest.js';
import { OPEN } from './sockets.js';

const CONNECTING = 0;
const CLOSED = 3;
const ABNORMAL = 1006;
/** A mistake in what is asked for, or something that is not there. */
const REFUSED = new Set([400, 404]);
/** What is asked for in one turn becomes as few requests as it can. */
const GATHER_MILLIS = 10;

/**
 * Looks like a WebSocket of the subprotocol `depthcast.v1.json`, and is made of requests to `/v1/sse`: what is subscribed
 * is asked for anew whenever it changes. Requests, not an `EventSource`, because they can carry a token.
 */
export class EventSocket {
  readyState = CONNECTING;
  binaryType = 'arraybuffer';
  extensions = '';
  /** @type {((event: any) => void)|null} */
  onopen = null;
  /** @type {((event: any) => void)|null} */
  onmessage = null;
  /** @type {((event: any) => void)|null} */
  onerror = null;
  /** @type {((event: any) => void)|null} */
  onclose = null;
  #requests;
  #headers;
  #plan = new EventPlan();
  /** @type {Map<string, AbortController>} open requests by their query */
  #open = new Map();
  /** @type {Map<string, number>} */
  #ids = new Map();
  #abort = new AbortController();
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;

  /** @param {string} url of the WebSocket @param {string} token empty for none */
  constructor(url, token) {
    this.#requests = requestsBeside(url);
    this.#headers = /** @type {Record<string, string>} */ (token ? { authorization: `Bearer ${token}` } : {});
    void this.#greet();
  }

  /** Commands as the protocol has them, answered here, but as by a server: later. @param {string} text */
  send(text) {
    queueMicrotask(() => this.readyState === OPEN && this.#execute(JSON.parse(text)));
  }

  /** @param {Record<string, any>} command */
  #execute(command) {
    switch (command.op) {
      case 'subscribe':
        this.#subscribe(command);
        break;
      case 'unsubscribe':
        this.#plan.remove(command);
        this.#say({ ...command, op: 'unsubscribed' });
        break;
      case 'resync':
        for (const query of this.#plan.queriesOf(command)) this.#stop(query);
        break;
      default: // pings have no answer here, and what is in force cannot be changed
        return;
    }
    this.#timer ??= setTimeout(() => this.#follow(), GATHER_MILLIS);
  }

  close() {
    this.readyState = CLOSED;
    clearTimeout(this.#timer);
    this.#abort.abort();
    for (const query of [...this.#open.keys()]) this.#stop(query);
  }

  /** A symbol that is not known beside known ones is refused alone. @param {Record<string, any>} command */
  #subscribe(command) {
    const unknown = command.symbols.filter((/** @type {string} */ symbol) => symbol !== '*' && !this.#ids.has(symbol));
    for (const symbol of unknown) {
      const reason = `no instrument ${symbol}; see /v1/instruments`;
      this.#say({ op: 'error', id: command.id, code: 'unknown-symbol', symbol, reason });
    }
    const symbols = command.symbols.filter((/** @type {string} */ symbol) => !unknown.includes(symbol));
    if (symbols.length === 0) return;
    this.#plan.add({ ...command, symbols }, [...this.#ids.keys()]);
    this.#say({ ...command, op: 'subscribed', resume: undefined, symbols: this.#named(symbols) });
  }

  async #greet() {
    try {
      const response = await this.#request('instruments', this.#abort.signal);
      const { instruments } = await response.json();
      if (this.readyState === CLOSED) return;
      this.readyState = OPEN;
      this.onopen?.({});
      for (const { symbol, id } of instruments) this.#ids.set(symbol, id);
      this.#say({ op: 'welcome', session: '', server: 'events', time: Date.now() * 1000, flushMillis: 0, limits: {} });
      this.#say({ type: 'instruments', instruments });
    } catch (e) {
      this.#lose(e);
    }
  }

  /** Opens what is wanted and not there, ends what is there and not wanted. */
  #follow() {
    this.#timer = undefined;
    const wanted = this.#plan.queries();
    for (const query of [...this.#open.keys()]) if (!wanted.has(query)) this.#stop(query);
    for (const [query, lastEventId] of wanted) if (!this.#open.has(query)) void this.#listen(query, lastEventId);
  }

  /** @param {string} query @param {string} lastEventId empty for none */
  async #listen(query, lastEventId) {
    const abort = new AbortController();
    this.#open.set(query, abort);
    try {
      const resumed = lastEventId ? `${query}&lastEventId=${lastEventId}` : query;
      const response = await this.#request(`sse?${resumed}`, abort.signal);
      await readEvents(response, (data) => this.#received(data));
      if (!abort.signal.aborted) throw new Error('the events ended');
    } catch (e) {
      if (abort.signal.aborted) return;
      if (!(e instanceof DepthcastError && REFUSED.has(e.status))) this.#lose(e);
      else this.#refuse(query, e);
    }
  }

  /** What one request asks for is not to be had; the others go on. @param {string} query @param {DepthcastError} error */
  #refuse(query, { code, reason }) {
    this.#open.delete(query);
    const asked = new URLSearchParams(query);
    const symbols = asked.getAll('symbol');
    const group = asked.get('group');
    for (const channel of asked.getAll('channel')) {
      const terms = { channel, symbols, ...(group && { depth: Number(asked.get('depth')), group }) };
      this.#plan.remove(terms);
      this.#say({ op: 'unsubscribed', ...terms, why: code, reason });
    }
  }

  /** @param {string} path @param {AbortSignal} signal */
  async #request(path, signal) {
    const response = await fetch(this.#requests + path, { headers: this.#headers, cache: 'no-store', signal });
    if (response.ok) return response;
    const { error } = await response.json().catch(() => ({}));
    throw refusal(response.status, error?.reason, error?.code);
  }

  /** @param {string} query */
  #stop(query) {
    this.#open.get(query)?.abort();
    this.#open.delete(query);
  }

  /** @param {string[]} symbols @returns {Record<string, number>} as `subscribed` names them */
  #named(symbols) {
    const all = symbols.includes('*') ? [...this.#ids.keys()] : symbols;
    return Object.fromEntries(all.map((symbol) => [symbol, this.#ids.get(symbol) ?? 0]));
  }

  /** @param {string} data */
  #received(data) {
    if (this.readyState === OPEN) this.onmessage?.({ data });
  }

  /** @param {object} message */
  #say(message) {
    this.#received(JSON.stringify(message));
  }

  /** @param {any} cause */
  #lose(cause) {
    if (this.readyState === CLOSED) return;
    this.close();
    const failure = cause?.name === 'DepthcastError' ? cause : undefined;
    this.onclose?.({ code: ABNORMAL, reason: cause?.message ?? '', failure });
  }
}
