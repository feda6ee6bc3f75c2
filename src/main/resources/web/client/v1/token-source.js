// @ts-check

/** What a client shows to say who it is, where the gateway asks for that. */
export class TokenSource {
  #given;

  /** @param {string | (() => string | Promise<string>)} given a token, or what fetches one; empty for none */
  constructor(given) {
    this.#given = given;
  }

  get isEmpty() {
    return this.#given === '';
  }

  /** A token that is still good for a while. @returns {Promise<string>} */
  async token() {
    return typeof this.#given === 'function' ? this.#given() : this.#given;
  }

  /**
   * Shows a fresh token; without one the gateway will close this connection, and the next one asks again.
   *
   * @param {(text: string) => void} send
   */
  async renew(send) {
    try {
      const token = await this.token();
      if (token) send(JSON.stringify({ op: 'auth', token }));
    } catch (e) {
      console.warn(`no token: ${e}`);
    }
  }
}
