// @ts-check
import { Publisher } from '/client/v1/publisher.js';
import { equal, test } from './harness.js';
import { until } from './played-gateway.js';

/** @type {any[]} */
let sockets = [];

class FakeSocket {
  /** @param {string} url @param {string[]} protocols */
  constructor(url, protocols) {
    this.url = url;
    this.protocols = protocols;
    this.readyState = 0;
    this.bufferedAmount = 0;
    /** @type {any[]} */
    this.sent = [];
    sockets.push(this);
  }

  open() {
    this.readyState = 1;
    /** @type {any} */ (this).onopen();
  }

  /** @param {string} text */
  send(text) {
    this.sent.push(JSON.parse(text));
  }

  /** @param {number} code */
  close(code) {
    this.readyState = 3;
    /** @type {any} */ (this).onclose({ code });
  }
}

function started() {
  sockets = [];
  const publisher = new Publisher('ws://gateway/v1/publish?source=me', { WebSocket: FakeSocket, random: () => 0 });
  publisher.define('ACME', { tickSize: '0.01', lotSize: '1' });
  publisher.snapshot('ACME', [['10.00', '5']], [['10.02', '7']]);
  return publisher;
}

const DEFINE = { op: 'define', symbol: 'ACME', tickSize: '0.01', lotSize: '1' };

test('should tell what it was told before there was a connection', () => {
  const publisher = started();
  sockets[0].open();
  equal(sockets[0].protocols, ['depthcast.publish.v1']);
  equal(sockets[0].sent, [DEFINE, { op: 'snapshot', symbol: 'ACME', bids: [['10', '5']], asks: [['10.02', '7']] }]);
  publisher.close();
});

test('should come back and tell the book as it is then', async () => {
  const publisher = started();
  sockets[0].open();
  publisher.update('ACME', [['10.0', '0'], ['9.99', '3']], []);
  equal(sockets[0].sent.length, 3);
  sockets[0].close(1006);
  await until(() => sockets.length === 2);
  publisher.update('ACME', [], [['10.02', '8']]);
  sockets[1].open();
  equal(sockets[1].sent[1], { op: 'snapshot', symbol: 'ACME', bids: [['9.99', '3']], asks: [['10.02', '8']] });
  equal(publisher.connections, 2);
  publisher.close();
});

test('should not come back when another connection has taken over', async () => {
  const publisher = started();
  sockets[0].open();
  sockets[0].close(4009);
  // A connection would be made by a timer of no time, and timers that are alike fire in their order.
  await new Promise((resolve) => setTimeout(resolve, 0));
  equal(sockets.length, 1);
  publisher.close();
});

test('should count what was refused', () => {
  /** @type {any[]} */
  const heard = [];
  sockets = [];
  const publisher = new Publisher('ws://gateway', { WebSocket: FakeSocket, onRefused: (refusal) => heard.push(refusal) });
  sockets[0].open();
  sockets[0].onmessage({ data: '{"op":"refused","object":1,"code":"bad-price","reason":"no"}' });
  sockets[0].onmessage({ data: '{"op":"published","through":3}' });
  equal([publisher.refused, publisher.through, heard[0].code], [1, 3, 'bad-price']);
  publisher.close();
});

test('should queue nothing without end, but tell the whole book when there is room', async () => {
  const publisher = started();
  sockets[0].open();
  sockets[0].bufferedAmount = 10_000_000;
  publisher.update('ACME', [['9.98', '1']], []);
  publisher.update('ACME', [['9.98', '2']], []);
  equal(sockets[0].sent.length, 2);
  sockets[0].bufferedAmount = 0;
  await until(() => sockets[0].sent.length >= 4);
  // A heartbeat may follow, where the machine stood still.
  equal(sockets[0].sent.slice(2, 4), [
    DEFINE,
    { op: 'snapshot', symbol: 'ACME', bids: [['10', '5'], ['9.98', '2']], asks: [['10.02', '7']] },
  ]);
  publisher.close();
});

test('should not tell again what the gateway refuses', async () => {
  const publisher = started();
  sockets[0].open();
  publisher.update('ACME', [['9.995', '1'], ['9.99', '1']], []);
  publisher.update('ACME', [['9.98', '-1']], []);
  publisher.update('ACME', [['9.97', '1e3']], []);
  publisher.update('ACME', [['9.960', '2']], []);
  publisher.snapshot('ACME', [['1', '1']], [['2.001', '1']]);
  equal(sockets[0].sent.length, 7);
  sockets[0].close(1006);
  await until(() => sockets.length === 2);
  sockets[1].open();
  equal(sockets[1].sent, [
    DEFINE,
    { op: 'snapshot', symbol: 'ACME', bids: [['10', '5'], ['9.96', '2']], asks: [['10.02', '7']] },
  ]);
  publisher.close();
});
