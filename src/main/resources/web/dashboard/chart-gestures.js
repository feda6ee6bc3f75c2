// @ts-check

const ZOOM_STEP = 1.2;

/**
 * Wheel and pinch zoom, a drag pans, a double click goes back to the newest.
 *
 * @param {HTMLElement} element
 * @param {object} actions
 * @param {(factor: number, x: number) => void} actions.zoom `x` in pixels of the element
 * @param {(pixels: number) => void} actions.pan to the right
 * @param {() => void} actions.goLive
 */
export function listenToGestures(element, { zoom, pan, goLive }) {
  /** @type {Map<number, number>} x of each finger or mouse button that is down */
  const down = new Map();
  element.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) pan(-event.deltaX);
      else zoom(event.deltaY > 0 ? ZOOM_STEP : 1 / ZOOM_STEP, event.offsetX);
    },
    { passive: false },
  );
  element.addEventListener('pointerdown', (event) => {
    down.set(event.pointerId, event.clientX);
    element.setPointerCapture(event.pointerId);
  });
  element.addEventListener('pointermove', (event) => {
    const before = down.get(event.pointerId);
    if (before === undefined) return;
    const apart = spread(down);
    down.set(event.pointerId, event.clientX);
    if (down.size === 1) pan(event.clientX - before);
    else if (apart > 0 && spread(down) > 0)
      zoom(apart / spread(down), event.clientX - element.getBoundingClientRect().left);
  });
  for (const type of /** @type {const} */ (['pointerup', 'pointercancel'])) {
    element.addEventListener(type, (event) => down.delete(event.pointerId));
  }
  element.addEventListener('dblclick', goLive);
}

/** @param {Map<number, number>} down */
function spread(down) {
  const xs = [...down.values()];
  return Math.max(...xs) - Math.min(...xs);
}
