// @ts-check
import { DepthcastError } from './errors.js';

/**
 * What a connection needs of a WebSocket: that of browsers, of Node 22 and later, of the package `ws`, or an `EventSocket`.
 *
 * @typedef {object} Socket
 * @property {number} readyState
 * @property {(text: string) => void} send
 * @property {(code?: number, reason?: string) => void} close
 * @property {string} binaryType
 * @property {string} [extensions]
 * @property {((event: any) => void)|null} onopen
 * @property {((event: any) => void)|null} onmessage
 * @property {((event: any) => void)|null} onerror
 * @property {((event: any) => void)|null} onclose
 *
 * @typedef {new (url: string, protocols: string[]) => any} SocketClass
 */

export const OPEN = 1;

/** @param {SocketClass|undefined} given @returns {SocketClass|undefined} the one given, or the runtime's own */
export function presentSocketClass(given) {
  return given ?? /** @type {any} */ (globalThis).WebSocket;
}

/** Node before 22 has none of its own: the package `ws` is as good. @returns {Promise<SocketClass>} */
export async function installedSocketClass() {
  const name = 'ws';
  try {
    const { WebSocket, default: standard } = await import(name);
    return WebSocket ?? standard;
  } catch (cause) {
    const what = 'this runtime has no WebSocket: npm install ws, or give the class as the option WebSocket';
    throw new DepthcastError('no-websocket', what, { terminal: true, cause });
  }
}

/** An error that nobody listens to ends a Node process. @param {Socket} socket that is let go */
export function silence(socket) {
  socket.onopen = null;
  socket.onmessage = null;
  socket.onclose = null;
  socket.onerror = () => {};
}

/** @param {any} event of `onerror` @returns {number} the status of the answer to the handshake, 0 if it is not told */
export function statusOf(event) {
  const [, status] = /response: ([1-5]\d\d)\b/.exec(event?.message ?? '') ?? [];
  return status ? Number(status) : 0;
}
