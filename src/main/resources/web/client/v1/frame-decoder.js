// @ts-check
import { CompactDecoder } from './compact.js';
import { decode } from './sbe.js';

/**
 * @typedef {import('./sbe.js').DataMessage} DataMessage
 * @typedef {import('./compact.js').Held} Held
 */

const SBE = 'depthcast.v1.sbe';

/** Reads the frames of a subprotocol, in their order. */
export class FrameDecoder {
  #compact;
  #isSbe;

  /**
   * @param {string} subprotocol a binary one
   * @param {(instrument: number, depth: number, group: number) => Held|null} held see `CompactDecoder`
   */
  constructor(subprotocol, held) {
    this.#isSbe = subprotocol === SBE;
    this.#compact = new CompactDecoder(held);
  }

  /** @param {number} timeMicros the gateway's time, as `welcome` says it */
  clock(timeMicros) {
    this.#compact.clock(timeMicros);
  }

  /** @param {ArrayBuffer} bytes @param {(message: DataMessage) => void} onMessage @throws {RangeError} if it cannot be read */
  decode(bytes, onMessage) {
    if (this.#isSbe) decode(bytes, onMessage);
    else this.#compact.decode(bytes, onMessage);
  }
}
