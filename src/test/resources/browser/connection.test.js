// @ts-check
import { DepthcastError } from '/client/v1/errors.js';
import { refusal } from '/client/v1/refusal.js';
import { equal, test } from './harness.js';
import { addresses, withConnection } from './played-connection.js';
import { PlayedSocket, until, withAnswers } from './played-gateway.js';

test('should say on a new connection which session was its last', () =>
  withConnection(async (connection) => {
    PlayedSocket.all[0].end(1006);
    await addresses(2);
    connection.welcomed('6f1c');
    PlayedSocket.all[1].end(4001, 'no pong');
    const plain = 'ws://gateway/v1/stream?a=1';
    equal(await addresses(3), [plain, plain, `${plain}&session=6f1c`]);
  }));

test('should wait as long as a server that drains asks', () =>
  withConnection(async (connection, changes) => {
    connection.welcomed('6f1c');
    connection.reconnectNotBefore(700);
    PlayedSocket.all[0].end(1001, 'the gateway shuts down');
    equal(
      changes.map(({ state, code, retryMillis }) => [state, code, retryMillis]),
      [
        ['connecting', 0, 0],
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
      PlayedSocket.all[0].end(4004, 'token expired');
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
      await until(() => waiting.length >= 2);
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

test('should say that the token function threw, and ask it again', () => {
  let asked = 0;
  return withConnection(
    async (_, changes, failures) => {
      await addresses(1);
      equal(
        failures.map(({ code, reason, terminal }) => [code, reason, terminal]),
        [['no-token', 'no token: Error: the login is down', false]],
      );
      equal([asked, PlayedSocket.all[0].protocols[1], changes[1].reason], [2, 'bearer.t', failures[0].reason]);
    },
    async () => {
      if (asked++ === 0) throw new Error('the login is down');
      return 't';
    },
  );
});

for (const [status, code] of /** @type {const} */ ([
  [401, 'unauthorized'],
  [403, 'forbidden'],
])) {
  test(`should stop at HTTP ${status} and say why`, () =>
    withConnection(
      async (connection, changes, failures) => {
        PlayedSocket.all[0].end(1006);
        await until(() => connection.state === 'closed');
        equal([failures[0].code, failures[0].status, failures[0].terminal], [code, status, true]);
        equal(changes[changes.length - 1].reason, 'because');
      },
      undefined,
      { askWhy: async () => refusal(status, 'because') },
    ));
}

test('should go on at HTTP 429 and 503, and say so', () => {
  const statuses = [429, 503];
  return withConnection(
    async (_, __, failures) => {
      PlayedSocket.all[0].end(1006);
      await until(() => failures.length === 1);
      await addresses(2);
      PlayedSocket.all[1].end(1006);
      await until(() => failures.length === 2);
      await addresses(3);
      equal(
        failures.map(({ code, status, terminal }) => [code, status, terminal]),
        [
          ['too-many', 429, false],
          ['overloaded', 503, false],
        ],
      );
    },
    undefined,
    { askWhy: async () => refusal(statuses.shift() ?? 503) },
  );
});

test('should tell the status that a socket of the package ws reports', () =>
  withConnection(async (connection, _, failures) => {
    PlayedSocket.all[0].onerror?.({ message: 'Unexpected server response: 403' });
    PlayedSocket.all[0].end(1006);
    await until(() => connection.state === 'closed');
    equal([failures[0].status, failures[0].code], [403, 'forbidden']);
  }));

test('should begin again after the end when it is told to', () =>
  withConnection(async (connection, changes) => {
    connection.close();
    connection.reconnect('a new token');
    equal([changes.map(({ state }) => state), PlayedSocket.all.length], [['connecting', 'closed', 'connecting'], 2]);
  }));

test('should let events stand in where no WebSocket comes through', () =>
  withAnswers({ '/v1/instruments': { instruments: [] } }, () =>
    withConnection(
      async (connection, _, failures) => {
        for (const i of [0, 1, 2]) {
          await addresses(i + 1);
          PlayedSocket.all[i].end(1006);
          await until(() => failures.length === i + 1);
        }
        await until(() => connection.send('{"op":"ping"}'));
        equal([connection.carrier, failures[2].code, PlayedSocket.all.length], ['events', 'blocked', 3]);
      },
      undefined,
      { askWhy: async () => new DepthcastError('blocked', 'no WebSocket'), random: () => 0.1 },
    ),
  ));

test('should go back to a WebSocket as soon as one comes through', () =>
  withAnswers({ '/v1/instruments': { instruments: [] } }, () =>
    withConnection(
      async (connection, changes, failures) => {
        for (const i of [0, 1, 2]) {
          await addresses(i + 1);
          PlayedSocket.all[i].end(1006);
          await until(() => failures.length === i + 1);
        }
        await until(() => connection.send('{"op":"ping"}'));
        connection.welcomed('by events');
        await addresses(4);
        PlayedSocket.all[3].end(1006);
        equal([connection.carrier, connection.state], ['events', 'connected']);
        await addresses(5);
        PlayedSocket.all[4].onopen?.({});
        connection.welcomed('s');
        equal(
          [connection.carrier, changes.slice(-2).map(({ state, reason }) => [state, reason])],
          [
            'websocket',
            [
              ['resuming', 'a WebSocket takes over'],
              ['connected', ''],
            ],
          ],
        );
      },
      undefined,
      { askWhy: async () => new DepthcastError('blocked', 'no WebSocket'), random: () => 0.1, tryMillis: 20 },
    ),
  ));

test('should stay with WebSockets where it is told to', () =>
  withConnection(
    async (connection) => {
      for (const i of [0, 1, 2, 3]) {
        await addresses(i + 1);
        PlayedSocket.all[i].end(1006);
      }
      equal(connection.carrier, 'websocket');
    },
    undefined,
    { askWhy: async () => new DepthcastError('blocked', 'no WebSocket'), events: false },
  ));

test('should stop at a token that no handshake can carry', () =>
  withConnection(
    async (connection, _, failures) => {
      await until(() => connection.state === 'closed');
      equal([failures[0].code, failures[0].terminal, PlayedSocket.all.length], ['no-token', true, 0]);
    },
    async () => 'two words',
  ));
