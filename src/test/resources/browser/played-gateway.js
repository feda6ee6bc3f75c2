// @ts-check

/** A gateway inside of a test: sockets that the client makes, and answers to its requests. */

export const INSTRUMENTS = [
  { id: 1, symbol: 'BTC-USD', tickSize: '0.1', lotSize: '0.0001' },
  { id: 2, symbol: 'ETH-USD', tickSize: '0.01', lotSize: '0.001' },
];

/** In place of the runtime's WebSocket. */
export class PlayedSocket {
  static OPEN = 1;
  /** @type {PlayedSocket[]} */
  static all = [];
  readyState = 1;
  binaryType = '';
  extensions = '';
  /** @type {any[]} */
  commands = [];
  /** @type {((event: any) => void)|null} */
  onopen = null;
  /** @type {((event: any) => void)|null} */
  onmessage = null;
  /** @type {((event: any) => void)|null} */
  onerror = null;
  /** @type {((event: any) => void)|null} */
  onclose = null;

  /** @param {string} url @param {string[]} protocols */
  constructor(url, protocols) {
    this.url = url;
    this.protocols = protocols;
    PlayedSocket.all.push(this);
  }

  /** @param {string} text */
  send(text) {
    const command = JSON.parse(text);
    this.commands.push(command);
    if (command.op === 'subscribe') this.say({ ...command, op: 'subscribed', symbols: ids(command.symbols) });
  }

  /** @param {...object} messages */
  say(...messages) {
    this.onmessage?.({ data: JSON.stringify(messages) });
  }

  welcome(session = 's') {
    this.say({ op: 'welcome', session, time: Date.now() * 1000, flushMillis: 20, limits: {} });
  }

  /** @param {number} code @param {string} [reason] */
  end(code, reason = '') {
    this.readyState = 3;
    this.onclose?.({ code, reason });
  }

  close() {
    this.readyState = 3;
  }

  /** @param {string} op @returns {any[]} commands of that kind without their ids */
  asked(op) {
    return this.commands.filter((command) => command.op === op).map(({ id, op: _, ...rest }) => rest);
  }
}

/** @param {string[]} symbols */
function ids(symbols) {
  const wanted = symbols.includes('*') ? INSTRUMENTS.map(({ symbol }) => symbol) : symbols;
  return Object.fromEntries(wanted.map((symbol) => [symbol, 1]));
}

/** @param {() => boolean} condition that comes true by itself */
export async function until(condition) {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1));
}

/**
 * @param {Record<string, any>} answers by the beginning of the path: a body, `[status, body]`, an error to be thrown, or
 *     what gives one for each request
 * @param {(asked: string[]) => Promise<void>} body
 */
export async function withAnswers(answers, body) {
  const real = globalThis.fetch;
  /** @type {string[]} */
  const asked = [];
  globalThis.fetch = /** @type {any} */ (
    async (/** @type {string|URL} */ url) => {
      const { pathname, search } = new URL(url);
      asked.push(pathname + search);
      const [, given] = Object.entries(answers).find(([path]) => pathname.startsWith(path)) ?? [];
      const answer = typeof given === 'function' ? given() : given;
      if (answer === undefined || answer instanceof Error) throw answer ?? new TypeError('fetch failed');
      const [status, content] = Array.isArray(answer) ? answer : [200, answer];
      return new Response(JSON.stringify(content), { status });
    }
  );
  PlayedSocket.all = [];
  try {
    await body(asked);
  } finally {
    globalThis.fetch = real;
  }
}
