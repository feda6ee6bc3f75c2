// @ts-check
import { formatView, parseView } from './view.js';

/** @typedef {import('./view.js').View} View */

/** The view that the page shows and its address, which follow one another: Back and Forward go through what was chosen. */
export class Address {
  view = parseView(location.hash);
  #onView;

  /** @param {(view: View, before: View) => void} onView */
  constructor(onView) {
    this.#onView = onView;
    addEventListener('popstate', () => this.#take(parseView(location.hash)));
  }

  /** Somebody chose something. @param {Partial<View>} changes */
  choose(changes) {
    const view = { ...this.view, ...changes };
    if (formatView(view) === formatView(this.view)) return;
    history.pushState(null, '', formatView(view));
    this.#take(view);
  }

  /** Nobody did, and Back shall not come here. @param {Partial<View>} changes */
  settle(changes) {
    const view = { ...this.view, ...changes };
    history.replaceState(null, '', formatView(view));
    this.#take(view);
  }

  /** @param {View} view */
  #take(view) {
    const before = this.view;
    this.view = view;
    this.#onView(view, before);
  }
}
