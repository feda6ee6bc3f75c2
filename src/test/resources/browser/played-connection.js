// @ts-check
import { Connection } from '/client/v1/connection.js';
import { DepthcastError } from '/client/v1/errors.js';
import { PlayedSocket, until } from './played-gateway.js';

/**
 * @typedef {import('/client/v1/connection.js').StateChange} StateChange
 * @typedef {import('/client/v1/connection.js').ConnectionOptions} ConnectionOptions
 */

/**
 * @param {(connection: Connection, changes: StateChange[], failures: DepthcastError[]) => Promise<void>} body
 * @param {(() => Promise<string>)|undefined} [token]
 * @param {ConnectionOptions} [options]
 */
export async function withConnection(body, token, options = {}) {
  PlayedSocket.all = [];
  /** @type {StateChange[]} */
  const changes = [];
  /** @type {DepthcastError[]} */
  const failures = [];
  const onState = (/** @type {StateChange} */ change) => changes.push(change);
  const onFailure = (/** @type {DepthcastError} */ failure) => failures.push(failure);
  const listener = { onText() {}, onBinary() {}, onState, onFailure, token };
  const all = { WebSocket: PlayedSocket, random: () => 0, askWhy: async () => unreachable(), ...options };
  const connection = new Connection('ws://gateway/v1/stream?a=1', 'depthcast.v1.json', listener, all);
  try {
    await body(connection, changes, failures);
  } finally {
    connection.close();
  }
}

function unreachable() {
  return new DepthcastError('unreachable', 'nobody there');
}

/** @param {number} count @returns {Promise<string[]>} addresses of the connections, once there are so many */
export async function addresses(count) {
  await until(() => PlayedSocket.all.length >= count);
  return PlayedSocket.all.map((socket) => socket.url);
}
