// @ts-check

/**
 * Tells whether anybody can see the page, now and whenever that changes. Outside of a page somebody always can.
 *
 * @param {(hidden: boolean) => void} onChange
 * @returns {() => void} what stops it
 */
export function watchVisibility(onChange) {
  const page = /** @type {Document|undefined} */ (globalThis.document);
  if (!page) return () => {};
  const tell = () => onChange(page.visibilityState === 'hidden');
  page.addEventListener('visibilitychange', tell);
  tell();
  return () => page.removeEventListener('visibilitychange', tell);
}
