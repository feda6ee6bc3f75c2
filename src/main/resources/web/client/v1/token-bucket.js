// @ts-check

/** Keeps within a rate: `burst` at once, then `perSecond`. */
export class TokenBucket {
  /** @param {number} perSecond @param {number} burst @param {number} nowMillis */
  constructor(perSecond, burst, nowMillis) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.tokens = burst;
    this.takenMillis = nowMillis;
  }

  /** Full again, as for a new connection. @param {number} nowMillis */
  refill(nowMillis) {
    this.tokens = this.burst;
    this.takenMillis = nowMillis;
  }

  /** @param {number} nowMillis @returns {number} 0 if one was taken, otherwise milliseconds until there is one */
  take(nowMillis) {
    const gained = ((nowMillis - this.takenMillis) / 1000) * this.perSecond;
    this.tokens = Math.min(this.burst, this.tokens + gained);
    this.takenMillis = nowMillis;
    if (this.tokens < 1) return Math.ceil(((1 - this.tokens) / this.perSecond) * 1000);
    this.tokens--;
    return 0;
  }
}
