// @ts-check

const KEY = 'depthcast.token';

/**
 * The token that the address brought as `#token=...`. It is kept for this tab and taken out of the address, so that it gets
 * into no bookmark and no history.
 */
export function takeTokenFromAddress() {
  const [, token] = /^#token=(.+)$/.exec(location.hash) ?? [];
  if (!token) return;
  sessionStorage.setItem(KEY, token);
  history.replaceState(null, '', location.pathname);
}

/** @returns {string} empty if this tab has none */
export function token() {
  return sessionStorage.getItem(KEY) ?? '';
}
