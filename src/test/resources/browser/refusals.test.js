// @ts-check
import { refusal } from '/client/v1/refusal.js';
import { equal, test } from './harness.js';
import { addresses, withConnection } from './played-connection.js';
import { PlayedSocket, until } from './played-gateway.js';

/** @typedef {import('/client/v1/errors.js').DepthcastError} DepthcastError */

test('should ask for one fresh token before it takes a refusal for final', () => {
  let asked = 0;
  return withConnection(
    async (connection, _, failures) => {
      for (const i of [0, 1]) {
        await addresses(i + 1);
        PlayedSocket.all[i].end(1006);
      }
      await until(() => connection.state === 'closed');
      equal([asked, failures.map(({ terminal }) => terminal)], [2, [false, true]]);
    },
    async () => `t${asked++}`,
    { askWhy: async () => refusal(401), random: () => 0.1 },
  );
});

test('should not refuse a fresh token for the one before it', () => {
  const tokens = ['old', 'old', 'fresh'];
  /** @type {string[]} */
  const explained = [];
  return withConnection(
    async (connection, _, failures) => {
      await addresses(1);
      PlayedSocket.all[0].end(1006);
      await addresses(2);
      connection.reconnect('a new token');
      await addresses(3);
      connection.welcomed('6f1c');
      // Whatever was asked about the attempt that was under way has been answered before this.
      await new Promise((resolve) => setTimeout(resolve));
      equal([connection.state, failures.length, explained], ['connected', 1, ['old']]);
    },
    async () => tokens.shift() ?? '',
    {
      askWhy: async (_, token) => {
        explained.push(token);
        return refusal(401);
      },
    },
  );
});

test('should not hear after a new beginning why there was none before', () => {
  /** @type {((failure: DepthcastError) => void)[]} */
  const answers = [];
  return withConnection(
    async (connection, _, failures) => {
      PlayedSocket.all[0].end(1006);
      connection.close();
      connection.connect();
      answers[0](refusal(403));
      await new Promise((resolve) => setTimeout(resolve));
      equal([connection.state, failures.length, PlayedSocket.all.length], ['connecting', 0, 2]);
    },
    undefined,
    { askWhy: () => new Promise((resolve) => answers.push(resolve)) },
  );
});
