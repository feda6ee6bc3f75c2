// @ts-check

/**
 * An `EventTarget` whose events are named with the type of what they carry. `addEventListener` works as everywhere, with
 * the value in `detail`; `on` hands the value over as it is.
 *
 * @template {Record<string, any>} Events name to what is in `detail`
 */
export class Emitter extends EventTarget {
  /**
   * @template {keyof Events & string} Type
   * @param {Type} type
   * @param {(detail: Events[Type]) => void} listener
   * @param {{signal?: AbortSignal, once?: boolean}} [options]
   * @returns {() => void} what takes the listener away again
   */
  on(type, listener, options) {
    const heard = (/** @type {Event} */ event) => listener(/** @type {CustomEvent} */ (event).detail);
    this.addEventListener(type, heard, options);
    return () => this.removeEventListener(type, heard);
  }

  /**
   * @template {keyof Events & string} Type
   * @param {Type} type
   * @param {Events[Type]} detail
   */
  emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
