// @ts-check

/** The least that a test needs in a browser. */

/** @type {{name: string, body: () => void|Promise<void>}[]} */
export const tests = [];

/** @param {string} name @param {() => void|Promise<void>} body */
export function test(name, body) {
  tests.push({ name, body });
}

/** @param {unknown} actual @param {unknown} expected */
export function equal(actual, expected) {
  const [got, wanted] = [actual, expected].map((value) => JSON.stringify(value));
  if (got !== wanted) throw new Error(`expected ${wanted}, got ${got}`);
}

/** @param {() => unknown} body @param {Function} type */
export function throws(body, type) {
  let thrown;
  try {
    body();
  } catch (e) {
    thrown = e;
  }
  if (!(thrown instanceof type)) throw new Error(`expected a ${type.name}, got ${thrown}`);
}

/** Mulberry32: the same numbers for the same seed. @param {number} seed @returns {() => number} in [0, 1) */
export function seeded(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 0x100000000;
  };
}

/** @returns {Promise<{name: string, failure: string}[]>} in the order of the file; no failure is an empty one */
export async function run() {
  const outcomes = [];
  for (const { name, body } of tests) {
    let failure = '';
    try {
      await body();
    } catch (e) {
      failure = e instanceof Error ? `${e.stack}` : String(e);
    }
    outcomes.push({ name, failure });
  }
  return outcomes;
}
