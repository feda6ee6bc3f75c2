// @ts-check
import { EventPlan } from '/client/v1/event-plan.js';
import { readEvents } from '/client/v1/event-reader.js';
import { equal, test } from './harness.js';

const KNOWN = ['A', 'B'];

/** @param {object[]} commands */
function plan(...commands) {
  const made = new EventPlan();
  for (const command of commands) made.add(/** @type {any} */ (command), KNOWN);
  return made;
}

test('should ask once for all channels of one instrument at one pace', () => {
  const made = plan(
    { channel: 'book', symbols: ['A'], depth: 25, intervalMillis: 100 },
    { channel: 'trades', symbols: ['A'], intervalMillis: 100 },
    { channel: 'candles', symbols: ['A'], interval: '1m', intervalMillis: 100 },
  );
  const channels = 'channel=book&channel=candles&channel=trades';
  equal([...made.queries()], [[`${channels}&depth=25&intervalMillis=100&interval=1m&symbol=A`, '']]);
});

test('should ask once for instruments that are wanted alike, and apart for those that are not', () => {
  const made = plan(
    { channel: 'bbo', symbols: ['A', 'B'] },
    { channel: 'trades', symbols: ['B'], intervalMillis: 500 },
  );
  equal([...made.queries().keys()], ['channel=bbo&symbol=A&symbol=B', 'channel=trades&intervalMillis=500&symbol=B']);
});

test('should resume the one book of a request, and not after a resync', () => {
  const made = plan({ channel: 'book', symbols: ['A'], depth: 10, resume: { A: '7:10' } });
  equal([...made.queries()], [['channel=book&depth=10&symbol=A', '7:10']]);
  equal(made.queriesOf({ channel: 'book', symbols: ['A'] }), ['channel=book&depth=10&symbol=A']);
  equal([...made.queries().values()], ['']);
});

test('should ask apart for each book whose prices are gathered, and resume it by its own version', () => {
  const made = plan(
    { channel: 'book', symbols: ['A'], depth: 10, resume: { A: '7:10' } },
    { channel: 'book', symbols: ['A'], depth: 10, group: '50', resume: { A: '7:11' } },
    { channel: 'book', symbols: ['A'], depth: 25, group: '50' },
    { channel: 'trades', symbols: ['A'] },
  );
  equal(
    [...made.queries()],
    [
      ['channel=book&depth=10&group=50&symbol=A', '7:11'],
      ['channel=book&depth=25&group=50&symbol=A', ''],
      ['channel=book&channel=trades&depth=10&symbol=A', '7:10'],
    ],
  );
  equal(made.queriesOf({ channel: 'book', symbols: ['A'], depth: 10, group: '50' }), [
    'channel=book&depth=10&group=50&symbol=A',
  ]);
  made.remove({ channel: 'book', symbols: ['A'], depth: 10, group: '50' });
  made.remove({ channel: 'book', symbols: ['A'], group: '1' });
  equal([...made.queries().keys()], ['channel=book&depth=25&group=50&symbol=A', 'channel=trades&symbol=A']);
});

test('should forget what is unsubscribed', () => {
  const made = plan({ channel: 'bbo', symbols: ['*'] });
  made.remove({ channel: 'bbo', symbols: ['*'] });
  equal(made.queries().size, 0);
});

test('should read events wherever they are cut', async () => {
  const bytes = new TextEncoder().encode('retry: 5\n\ndata: {"a":"é"}\nid: 1:2\n\n: comment\n\ndata: b\ndata: c\n\n');
  for (let cut = 1; cut < bytes.length; cut++) {
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(bytes.slice(0, cut));
        controller.enqueue(bytes.slice(cut));
        controller.close();
      },
    });
    /** @type {string[]} */
    const seen = [];
    await readEvents(new Response(body), (data) => seen.push(data));
    equal(seen, ['{"a":"é"}', 'b\nc']);
  }
});
