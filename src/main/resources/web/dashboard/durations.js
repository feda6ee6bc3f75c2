// @ts-check

/** @param {number} millis @returns {string} as people say it */
export function duration(millis) {
  if (millis < 1000) return `${Math.round(millis)} ms`;
  if (millis < 60_000) return `${(millis / 1000).toFixed(1)} s`;
  return `${Math.floor(millis / 60_000)} min ${Math.floor((millis % 60_000) / 1000)} s`;
}

/** @param {number} millis @returns {string} in whole seconds, for what only has to be told roughly */
export function roughly(millis) {
  return millis < 60_000 ? `${Math.max(0, Math.round(millis / 1000))} s` : duration(millis);
}

/** @param {number} millis since 1970 @returns {string} local time of day */
export function timeOfDay(millis) {
  return new Date(millis).toLocaleTimeString('en-GB');
}
