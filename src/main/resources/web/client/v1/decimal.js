// @ts-check

/**
 * Decimals made from integers: digits are moved, never rounded.
 *
 * @typedef {{mantissa: number, exponent: number}} Step a tick size or lot size: mantissa * 10^exponent, exponent <= 0
 */

/**
 * @param {number} count ticks or lots
 * @param {Step} step
 * @returns {string} with exactly the decimals of the step, as the JSON protocol writes it
 */
export function toDecimal(count, step) {
  const units = count * step.mantissa;
  if (!Number.isSafeInteger(units)) return bigDecimal(count, step);
  return placePoint(String(Math.abs(units)), -step.exponent, units < 0);
}

/**
 * @param {number} count ticks or lots
 * @param {Step} step
 * @returns {string} the same digits with a comma between thousands
 */
export function toGrouped(count, step) {
  return group(toDecimal(count, step));
}

/**
 * @param {string} decimal
 * @returns {string} with a comma between thousands
 */
export function group(decimal) {
  const point = decimal.indexOf('.');
  let at = (point < 0 ? decimal.length : point) - 3;
  const first = decimal.startsWith('-') ? 1 : 0;
  let text = decimal;
  for (; at > first; at -= 3) text = `${text.slice(0, at)},${text.slice(at)}`;
  return text;
}

/**
 * @param {string} decimal with at most the decimals of the step
 * @param {Step} step
 * @returns {number} ticks or lots
 */
export function fromDecimal(decimal, step) {
  const point = decimal.indexOf('.');
  const whole = point < 0 ? decimal : decimal.slice(0, point);
  const fraction = point < 0 ? '' : decimal.slice(point + 1);
  return Number(whole + fraction.padEnd(-step.exponent, '0')) / step.mantissa;
}

/**
 * @param {string} decimal as the instruments list writes it
 * @returns {Step}
 */
export function parseStep(decimal) {
  const point = decimal.indexOf('.');
  const exponent = point < 0 ? 0 : point + 1 - decimal.length;
  return { mantissa: Number(decimal.replace('.', '')), exponent };
}

/** @param {string} digits @param {number} decimals @param {boolean} negative */
function placePoint(digits, decimals, negative) {
  let text = digits;
  if (decimals > 0) {
    text = text.padStart(decimals + 1, '0');
    text = `${text.slice(0, -decimals)}.${text.slice(-decimals)}`;
  }
  return negative ? `-${text}` : text;
}

/** A sum of sizes can pass 2^53 units of the last decimal. @param {number} count @param {Step} step */
function bigDecimal(count, step) {
  const units = BigInt(count) * BigInt(step.mantissa);
  return placePoint(String(units < 0n ? -units : units), -step.exponent, units < 0n);
}

/** Whether prices and sizes of one are those of the other. @param {{tick: Step, lot: Step}} a @param {{tick: Step, lot: Step}} b */
export function hasSameSteps(a, b) {
  return isSameStep(a.tick, b.tick) && isSameStep(a.lot, b.lot);
}

/** @param {Step} a @param {Step} b */
function isSameStep(a, b) {
  return a.mantissa === b.mantissa && a.exponent === b.exponent;
}
