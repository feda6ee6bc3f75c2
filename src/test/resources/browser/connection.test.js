// @ts-check
import { Connection } from '/client/v1/connection.js';
import { equal, test } from './harness.js';

/** @typedef {import('/client/v1/connection.js').StateChange} StateChange */

/** In place of the browser's, so that a test may be the server. */
class PlayedSocket {
  static OPEN = 1;
  /** @type {PlayedSocket[]} */
  static all = [];
  /** @type {(event: {code: number, reason: string}) => void} */
  onclose = () => {};

  /** @param {string} url @param {string[]} protocols */
  constructor(url, protocols) {
    this.url = url;
    this.protocols = protocols;
    PlayedSocket.all.push(this);
  }

  close() {}
}

/**
 * @param {(connection: Connection, changes: StateChange[]) => Promise<void>} body
 * @param {() => Promise<string>} [token]
 */
async function withConnection(body, token) {
  const real = globalThis.WebSocket;
  Object.assign(globalThis, { WebSocket: PlayedSocket });
  PlayedSocket.all = [];
  /** @type {StateChange[]} */
  const changes = [];
  const onState = (/** @type {StateChange} */ change) => changes.push(change);
  const listener = { onText() {}, onBinary() {}, onState, token };
  const connection = new Connection('ws://gateway/v1/stream?a=1', 'depthcast.v1.json', listener, () => 0);
  try {
    await body(connection, changes);
  } finally {
    connection.close();
    Object.assign(globalThis, { WebSocket: real });
  }
}

/** @param {number} count @returns {Promise<string[]>} addresses of the connections, once there are so many */
async function addresses(count) {
  while (PlayedSocket.all.length < count) await new Promise((resolve) => setTimeout(resolve, 1));
  return PlayedSocket.all.map((socket) => socket.url);
}

test('should say on a new connection which session was its last', () =>
  withConnection(async (connection) => {
    PlayedSocket.all[0].onclose({ code: 1006, reason: '' });
    await addresses(2);
    connection.welcomed('6f1c');
    PlayedSocket.all[1].onclose({ code: 4001, reason: 'no pong' });
    const plain = 'ws://gateway/v1/stream?a=1';
    equal(await addresses(3), [plain, plain, `${plain}&session=6f1c`]);
  }));

test('should wait as long as a server that drains asks', () =>
  withConnection(async (connection, changes) => {
    connection.welcomed('6f1c');
    connection.reconnectNotBefore(700);
    PlayedSocket.all[0].onclose({ code: 1001, reason: 'the gateway shuts down' });
    equal(
      changes.map(({ state, code, retryMillis }) => [state, code, retryMillis]),
      [
        ['connected', 0, 0],
        ['resuming', 1001, 700],
      ],
    );
  }));

test('should show a token of its own at every connection, beside the subprotocol that it wants', () => {
  const tokens = ['one', 'two'];
  return withConnection(
    async () => {
      await addresses(1);
      PlayedSocket.all[0].onclose({ code: 4004, reason: 'token expired' });
      await addresses(2);
      equal(
        PlayedSocket.all.map((socket) => socket.protocols),
        [
          ['depthcast.v1.json', 'bearer.one'],
          ['depthcast.v1.json', 'bearer.two'],
        ],
      );
    },
    async () => tokens.shift() ?? '',
  );
});

test('should make one connection when it is told to reconnect while it fetches a token', () => {
  /** @type {((token: string) => void)[]} */
  const waiting = [];
  return withConnection(
    async (connection) => {
      connection.reconnect('asked for');
      while (waiting.length < 2) await new Promise((resolve) => setTimeout(resolve, 1));
      waiting.forEach((give, i) => give(`t${i}`));
      await addresses(1);
      equal(
        PlayedSocket.all.map((socket) => socket.protocols[1]),
        ['bearer.t1'],
      );
    },
    () => new Promise((resolve) => waiting.push(resolve)),
  );
});
