// @ts-check

const FPS_WINDOW_FRAMES = 120;

/**
 * Paints once per animation frame, however much has arrived since the last.
 *
 * @typedef {{paint: (nowMillis: number) => void, everyMillis: number, always: boolean, dueMillis: number}} Painter
 */
export class Frames {
  /** When the screen was frozen, milliseconds since 1970; 0 if it is not. It keeps what it shows; the books behind it go on. */
  frozenAt = 0;
  /** @type {Painter[]} */
  #painters = [];
  /** @type {number[]} */
  #times = [];

  get frozen() {
    return this.frozenAt > 0;
  }

  /**
   * @param {(nowMillis: number) => void} paint
   * @param {{everyMillis?: number, always?: boolean}} [options] at most this often; also while frozen
   */
  add(paint, { everyMillis = 0, always = false } = {}) {
    this.#painters.push({ paint, everyMillis, always, dueMillis: 0 });
  }

  start() {
    requestAnimationFrame((nowMillis) => this.#frame(nowMillis));
  }

  /** Frames a second, over the last two seconds or so. */
  get fps() {
    const times = this.#times;
    if (times.length < 2) return 0;
    return ((times.length - 1) * 1000) / (times[times.length - 1] - times[0]);
  }

  /** @param {number} nowMillis */
  #frame(nowMillis) {
    requestAnimationFrame((next) => this.#frame(next));
    this.#times.push(nowMillis);
    if (this.#times.length > FPS_WINDOW_FRAMES) this.#times.shift();
    for (const painter of this.#painters) {
      if (nowMillis < painter.dueMillis || (this.frozen && !painter.always)) continue;
      painter.dueMillis = nowMillis + painter.everyMillis;
      painter.paint(nowMillis);
    }
  }
}
