// @ts-check

/**
 * Reads server-sent events (WHATWG HTML, 9.2) off the body of a response, until it ends.
 *
 * @param {Response} response
 * @param {(data: string) => void} onData
 */
export async function readEvents(response, onData) {
  const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
  const decoder = new TextDecoder();
  let rest = '';
  let data = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const lines = (rest + decoder.decode(value, { stream: true })).split(/\r\n|\n|\r/);
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line.startsWith('data:')) data += (data && '\n') + line.slice(line[5] === ' ' ? 6 : 5);
      if (line === '' && data) {
        onData(data);
        data = '';
      }
    }
  }
}
