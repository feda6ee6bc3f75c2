// @ts-check

/**
 * A worker of a page or of Node, seen alike.
 *
 * @typedef {{post: (data: any, transfer?: Transferable[]) => void, close: () => void}} WorkerPort
 * @typedef {{onData: (data: any) => void, onFailure: () => void}} WorkerListener
 */

/** @param {WorkerListener} listener @returns {Promise<WorkerPort>} of the worker that reads frames */
export async function startDecodeWorker(listener) {
  return typeof Worker === 'undefined' ? inNode(listener) : inPage(listener);
}

/** @param {WorkerListener} listener @returns {WorkerPort} */
function inPage({ onData, onFailure }) {
  const worker = newWorker();
  worker.onmessage = ({ data }) => onData(data);
  worker.onerror = (event) => {
    event.preventDefault();
    onFailure();
  };
  return {
    post: (data, transfer = []) => worker.postMessage(data, transfer),
    close: () => worker.terminate(),
  };
}

/** A browser takes no worker of another origin, but one of the page's own that imports it. */
function newWorker() {
  try {
    return new Worker(new URL('./decode-worker.js', import.meta.url), { type: 'module' });
  } catch {
    const program = `import ${JSON.stringify(new URL('./decode-worker.js', import.meta.url).href)};`;
    return new Worker(URL.createObjectURL(new Blob([program], { type: 'text/javascript' })), { type: 'module' });
  }
}

/** It keeps no process alive: a connection does. @param {WorkerListener} listener @returns {Promise<WorkerPort>} */
async function inNode({ onData, onFailure }) {
  const threads = 'node:worker_threads';
  const { Worker: Thread } = await import(threads);
  const thread = new Thread(new URL('./decode-worker.js', import.meta.url));
  thread.on('message', onData);
  thread.on('error', onFailure);
  thread.unref();
  return {
    post: (data, transfer = []) => thread.postMessage(data, transfer),
    close: () => void thread.terminate(),
  };
}
