// @ts-check

/** Round trips: clocks drift apart, so that an old one is worth less however fast it was. */
const KEPT = 8;

/**
 * What a page knows of its server's clock, without trusting that of its machine: the server's time in a pong lies between
 * the ping and the pong's arrival, so the middle of the two is off by no more than half of the round trip. The fastest of
 * the last round trips says it best.
 */
export class ServerClock {
  /** @type {{roundTripMillis: number, offsetMillis: number}[]} */
  #samples = [];

  /** @param {number} sentMillis @param {number} receivedMillis @param {number} serverMicros time of the pong */
  roundTrip(sentMillis, receivedMillis, serverMicros) {
    const offsetMillis = serverMicros / 1000 - (sentMillis + receivedMillis) / 2;
    this.#samples.push({ roundTripMillis: receivedMillis - sentMillis, offsetMillis });
    if (this.#samples.length > KEPT) this.#samples.shift();
  }

  /** @param {number} millis of the page's monotonic clock @returns {number|null} the server's time then, if it is known */
  millisAt(millis) {
    if (this.#samples.length === 0) return null;
    const fastest = this.#samples.reduce((a, b) => (b.roundTripMillis < a.roundTripMillis ? b : a));
    return millis + fastest.offsetMillis;
  }

  /** Another server has another clock. */
  forget() {
    this.#samples = [];
  }
}
