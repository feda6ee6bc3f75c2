// @ts-check

/**
 * What goes wrong, as a value that says what to do about it.
 *
 * `code` is the gateway's word where it gave one (`unknown-symbol`, `not-entitled`, `bad-depth`, ...; the list is in
 * /docs/), or one of this client's own:
 * - `no-token`: the function that gives the token threw; it is asked again;
 * - `no-websocket`: this runtime has no WebSocket and none was given;
 * - `unreachable`: nothing answers at that address;
 * - `blocked`: the gateway answers over HTTP, but no WebSocket comes through;
 * - `unauthorized`, `forbidden`, `too-many`, `overloaded`, `refused`: the handshake was answered with `status`;
 * - `removed`: the instrument is gone;
 * - `closed`: the client or the subscription was closed before there was anything.
 */
export class DepthcastError extends Error {
  /**
   * @param {string} code
   * @param {string} reason a sentence that a person can act on
   * @param {{status?: number, symbol?: string, terminal?: boolean, cause?: unknown}} [more]
   */
  constructor(code, reason, { status = 0, symbol = '', terminal = false, cause } = {}) {
    super(reason, { cause });
    this.name = 'DepthcastError';
    this.code = code;
    /** Of the HTTP answer, 0 if there was none. */
    this.status = status;
    /** The instrument that it is about, or empty. */
    this.symbol = symbol;
    /** Whether it ends what it is about: nothing is tried again by itself. */
    this.terminal = terminal;
  }

  get reason() {
    return this.message;
  }
}
