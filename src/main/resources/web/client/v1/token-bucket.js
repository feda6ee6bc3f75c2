// @ts-check

/** Keeps within a rate: `burst` at once, then one every `periodMillis`. */
export class TokenBucket {
  /** @param {number} periodMillis @param {number} burst @param {number} nowMillis */
  constructor(periodMillis, burst, nowMillis) {
    this.periodMillis = periodMillis;
    this.fullMillis = burst * periodMillis;
    this.creditMillis = this.fullMillis;
    this.takenMillis = nowMillis;
  }

  /** Full again, as for a new connection. @param {number} nowMillis */
  refill(nowMillis) {
    this.creditMillis = this.fullMillis;
    this.takenMillis = nowMillis;
  }

  /** @param {number} nowMillis @returns {number} 0 if one was taken, otherwise milliseconds until there is one */
  take(nowMillis) {
    this.creditMillis = Math.min(this.fullMillis, this.creditMillis + nowMillis - this.takenMillis);
    this.takenMillis = nowMillis;
    if (this.creditMillis < this.periodMillis) return Math.ceil(this.periodMillis - this.creditMillis);
    this.creditMillis -= this.periodMillis;
    return 0;
  }
}
