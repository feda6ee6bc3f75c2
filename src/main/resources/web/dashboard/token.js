// @ts-check

const KEY = 'depthcast.token';

/**
 * The token that the address brought as `#token=...`. It is kept for this tab and taken out of the address, so that it gets
 * into no bookmark and no history.
 *
 * @returns {boolean} whether there was one
 */
export function takeTokenFromAddress() {
  const [, token] = /^#token=(.+)$/.exec(location.hash) ?? [];
  if (!token) return false;
  sessionStorage.setItem(KEY, token);
  history.replaceState(null, '', location.pathname);
  return true;
}

/** @returns {string} empty if this tab has none */
export function token() {
  return sessionStorage.getItem(KEY) ?? '';
}
