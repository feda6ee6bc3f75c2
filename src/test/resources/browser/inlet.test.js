// @ts-check
import { Inlet } from '/client/v1/inlet.js';
import { equal, test } from './harness.js';
import { until } from './played-gateway.js';

/** @param {number} micros below 256 @returns {ArrayBuffer} an SBE heartbeat of that time */
function heartbeat(micros) {
  const view = new DataView(new ArrayBuffer(23));
  view.setUint32(0, view.byteLength);
  view.setUint16(4, 0xeb50);
  [9, 6, 1207, 1].forEach((value, i) => view.setUint16(6 + 2 * i, value, true));
  view.setUint8(14, micros);
  view.setUint8(22, 0);
  return view.buffer;
}

/** @param {(inlet: Inlet, seen: (number|string)[]) => Promise<void>} body */
async function withInlet(body) {
  /** @type {(number|string)[]} */
  const seen = [];
  const inlet = new Inlet('depthcast.v1.sbe', {
    held: () => null,
    onMessage: (message) => seen.push(message.type === 'heartbeat' ? message.timeMicros : message.type),
    onUnreadable: (reason) => seen.push(`unreadable: ${reason.length > 0}`),
  });
  try {
    await body(inlet, seen);
  } finally {
    inlet.stopWorker();
  }
}

/** @param {Inlet} inlet @param {(number|string)[]} seen */
function feed(inlet, seen) {
  inlet.inOrder(() => seen.push('a'));
  for (const micros of [1, 2]) inlet.frame(heartbeat(micros));
  inlet.inOrder(() => seen.push('b'));
  inlet.frame(new ArrayBuffer(3));
  inlet.frame(heartbeat(3));
  inlet.inOrder(() => seen.push('c'));
}

const IN_ORDER = ['a', 1, 2, 'b', 'unreadable: true', 3, 'c'];

test('should read frames at once where there is no worker', () =>
  withInlet(async (inlet, seen) => {
    feed(inlet, seen);
    equal(seen, IN_ORDER);
  }));

test('should have a worker read frames, and keep the order of all that comes', () =>
  withInlet(async (inlet, seen) => {
    equal([inlet.startWorker(), inlet.startWorker()], [true, false]);
    feed(inlet, seen);
    equal(seen, ['a']);
    await until(() => seen.length === IN_ORDER.length);
    feed(inlet, seen);
    equal(seen, [...IN_ORDER, 'a']);
    await until(() => seen.length === 2 * IN_ORDER.length);
    equal(seen, [...IN_ORDER, ...IN_ORDER]);
  }));

test('should drop what a worker has not read when it ends, but do what was to be done', () =>
  withInlet(async (inlet, seen) => {
    inlet.startWorker();
    feed(inlet, seen);
    inlet.stopWorker();
    equal(seen, ['a', 'b', 'c']);
    inlet.frame(heartbeat(4));
    equal(seen, ['a', 'b', 'c', 4]);
  }));

test('should read frames by itself where no worker can be had', async () => {
  const real = globalThis.Worker;
  globalThis.Worker = /** @type {any} */ (
    class {
      constructor() {
        setTimeout(() => this.onerror({ preventDefault() {} }), 1);
      }

      onerror(/** @type {any} */ _) {}
      postMessage() {}
      terminate() {}
    }
  );
  try {
    await withInlet(async (inlet, seen) => {
      inlet.startWorker();
      feed(inlet, seen);
      equal(seen, ['a']);
      await until(() => seen.length === IN_ORDER.length);
      equal(seen, IN_ORDER);
    });
  } finally {
    if (real) globalThis.Worker = real;
    else Reflect.deleteProperty(globalThis, 'Worker');
  }
});
