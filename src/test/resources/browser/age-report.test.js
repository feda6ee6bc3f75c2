// @ts-check
import { AgeReport } from '/client/v1/age-report.js';
import { ServerClock } from '/client/v1/server-clock.js';
import { equal, test } from './harness.js';

/** A report and the server that it talks to. */
class Talk {
  /** @type {Record<string, any>[]} */
  pings = [];
  ages = new AgeReport((text) => this.pings.push(JSON.parse(text)));

  constructor() {
    this.ages.takes({ op: 'welcome' }, 0);
  }

  /** Two heartbeats, of which one brings a ping. @param {number} nowMillis @returns {Record<string, any>|undefined} */
  ping(nowMillis) {
    const before = this.pings.length;
    this.ages.beat(nowMillis);
    this.ages.beat(nowMillis + 5000);
    equal(this.pings.length - before < 2, true);
    return this.pings[before];
  }

  /** @param {number} serverMicros @param {number} nowMillis */
  pong(serverMicros, nowMillis) {
    return this.ages.takes({ op: 'pong', id: this.pings.at(-1)?.id, time: serverMicros }, nowMillis);
  }
}

test('should believe the fastest of the last eight round trips', () => {
  const clock = new ServerClock();
  equal(clock.millisAt(0), null);
  clock.roundTrip(1000, 1010, 5_004_000);
  equal(clock.millisAt(1000), 4999);
  clock.roundTrip(2000, 2400, 6_399_000);
  equal(clock.millisAt(1000), 4999);
  for (let i = 0; i < 8; i++) clock.roundTrip(3000, 3100, 7_051_000);
  equal(clock.millisAt(1000), 5001);
});

test('should report the age of what was applied since the last ping, once the clock is known', () => {
  const talk = new Talk();
  talk.ages.applied(8_000_000, 100);
  const first = talk.ping(1000);
  equal(Object.keys(first ?? {}), ['op', 'id']);
  equal(talk.pong(9_005_000, 1010), true);
  equal(talk.ping(2000), { op: 'ping', id: first?.id + 1, ageMillis: 100 });
  equal(talk.ping(3000), { op: 'ping', id: first?.id + 2 });
});

test('should stay within what a server takes, and forget a server that is gone', () => {
  const talk = new Talk();
  talk.ping(0);
  talk.pong(0, 0);
  talk.ages.applied(5000, 1);
  equal(talk.ping(1)?.ageMillis, 0);
  talk.ages.applied(0, 700_000);
  equal(talk.ping(700_000)?.ageMillis, 600_000);
  equal(talk.ages.takes({ op: 'welcome' }, 700_000), false);
  talk.ages.applied(0, 700_000);
  equal(Object.keys(talk.ping(700_001) ?? {}), ['op', 'id']);
});

test('should leave an older server alone that does not know the field', () => {
  const talk = new Talk();
  const id = talk.ping(0)?.id;
  equal(talk.ages.takes({ op: 'error', id: 7, code: 'bad-request' }, 0), false);
  equal(talk.ages.takes({ op: 'error', id, code: 'rate-limited' }, 0), true);
  equal(talk.ping(1)?.op, 'ping');
  equal(talk.ages.takes({ op: 'error', id, code: 'bad-request' }, 0), true);
  equal(talk.ping(2), undefined);
});
