// @ts-check

/**
 * The colours of the style sheet, for canvases. They change with the system's scheme and with the palette.
 *
 * @typedef {{text: string, muted: string, grid: string, panel: string, bid: string, ask: string, bidFill: string,
 *     askFill: string, accent: string, font: string}} Theme
 */

const PALETTE_KEY = 'depthcast.palette';

/** @returns {Theme} */
export function readTheme() {
  const style = getComputedStyle(document.documentElement);
  const value = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
  return {
    text: value('--text'),
    muted: value('--muted'),
    grid: value('--grid'),
    panel: value('--panel'),
    bid: value('--bid'),
    ask: value('--ask'),
    bidFill: value('--bid-fill'),
    askFill: value('--ask-fill'),
    accent: value('--accent'),
    font: `11px ${getComputedStyle(document.body).fontFamily}`,
  };
}

/** @param {() => void} onChange of any colour */
export function watchTheme(onChange) {
  document.documentElement.dataset.palette = localStorage.getItem(PALETTE_KEY) ?? 'green-red';
  matchMedia('(prefers-color-scheme: light)').addEventListener('change', onChange);
  new MutationObserver(onChange).observe(document.documentElement, { attributeFilter: ['data-palette'] });
}

export function togglePalette() {
  const { dataset } = document.documentElement;
  dataset.palette = dataset.palette === 'blue-orange' ? 'green-red' : 'blue-orange';
  localStorage.setItem(PALETTE_KEY, dataset.palette);
}
