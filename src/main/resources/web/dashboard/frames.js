// @ts-check
import { FrameRate } from './frame-rate.js';

/** What is painted in one frame lengthens it; the rest waits for the next. */
const MOST_A_FRAME = 3;

/**
 * Paints in the browser's own frames, however much has arrived since the last, and in each of them a little: what is longest
 * overdue.
 *
 * @typedef {object} Painter
 * @property {(nowMillis: number) => void} paint
 * @property {() => number} everyMillis
 * @property {boolean} always
 * @property {number} dueMillis
 */
export class Frames {
  /** When the screen was frozen, milliseconds since 1970; 0 if it is not. It keeps what it shows; the books behind it go on. */
  frozenAt = 0;
  rate = new FrameRate();
  /** @type {Painter[]} */
  #painters = [];

  get frozen() {
    return this.frozenAt > 0;
  }

  /**
   * @param {(nowMillis: number) => void} paint
   * @param {{everyMillis: number|(() => number), always?: boolean}} options at most this often, and less often where frames come
   *     late; `always`: as often as that, and also while frozen
   */
  add(paint, { everyMillis, always = false }) {
    const every = typeof everyMillis === 'number' ? () => everyMillis : everyMillis;
    this.#painters.push({ paint, everyMillis: every, always, dueMillis: 0 });
  }

  start() {
    requestAnimationFrame((nowMillis) => this.#frame(nowMillis));
  }

  /** @param {number} nowMillis */
  #frame(nowMillis) {
    requestAnimationFrame((next) => this.#frame(next));
    this.rate.frame(nowMillis);
    for (let i = 0; i < MOST_A_FRAME; i++) {
      const painter = this.#mostOverdue(nowMillis);
      if (!painter) return;
      painter.dueMillis = nowMillis + painter.everyMillis() * (painter.always ? 1 : this.rate.slowdown);
      painter.paint(nowMillis);
    }
  }

  /** @param {number} nowMillis @returns {Painter|null} */
  #mostOverdue(nowMillis) {
    /** @type {Painter|null} */
    let most = null;
    for (const painter of this.#painters) {
      if (nowMillis < painter.dueMillis || (this.frozen && !painter.always)) continue;
      if (!most || painter.dueMillis < most.dueMillis) most = painter;
    }
    return most;
  }
}
