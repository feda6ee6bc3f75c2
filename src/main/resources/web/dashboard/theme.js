// @ts-check

/**
 * The colours of the style sheet, for canvases. They change with the system's scheme, with the choice of one, and with the
 * palette.
 *
 * @typedef {{text: string, muted: string, grid: string, panel: string, raised: string, bid: string, ask: string,
 *     bidFill: string, askFill: string, accent: string, font: string}} Theme
 */

const PALETTE_KEY = 'depthcast.palette';
const DARK = matchMedia('(prefers-color-scheme: dark)');

/** @returns {Theme} */
export function readTheme() {
  const probe = document.createElement('i');
  document.body.append(probe);
  const value = (/** @type {string} */ name) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const theme = {
    text: value('--text'),
    muted: value('--muted'),
    grid: value('--grid'),
    panel: value('--panel'),
    raised: value('--raised'),
    bid: value('--bid'),
    ask: value('--ask'),
    bidFill: value('--bid-fill'),
    askFill: value('--ask-fill'),
    accent: value('--accent'),
    font: `11px ${getComputedStyle(document.body).fontFamily}`,
  };
  probe.remove();
  return theme;
}

/** @param {() => void} onChange of any colour */
export function watchTheme(onChange) {
  document.documentElement.dataset.palette = localStorage.getItem(PALETTE_KEY) ?? 'green-red';
  DARK.addEventListener('change', onChange);
  new MutationObserver(onChange).observe(document.documentElement, { attributeFilter: ['data-palette', 'data-theme'] });
}

/** @param {'auto'|'light'|'dark'} theme */
export function showTheme(theme) {
  document.documentElement.dataset.theme = theme;
}

/** The other one of light and dark. @param {'auto'|'light'|'dark'} theme @returns {'light'|'dark'} */
export function otherTheme(theme) {
  const isDark = theme === 'dark' || (theme === 'auto' && DARK.matches);
  return isDark ? 'light' : 'dark';
}

export function togglePalette() {
  const { dataset } = document.documentElement;
  dataset.palette = dataset.palette === 'blue-orange' ? 'green-red' : 'blue-orange';
  localStorage.setItem(PALETTE_KEY, dataset.palette);
}
