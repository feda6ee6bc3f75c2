// @ts-check
// The page of the management port: asks what the port tells anybody, and shows it; it changes nothing.

const PERIOD_MILLIS = 3000;

/** @param {string} id @returns {HTMLElement} */
function element(id) {
  const found = document.getElementById(id);
  if (found === null) {
    throw new Error(`no element ${id}`);
  }
  return found;
}

/** @param {string} id @param {(string | number)[][]} rows */
function show(id, rows) {
  const made = rows.map((cells) => {
    const row = document.createElement('tr');
    for (const cell of cells) {
      const data = document.createElement('td');
      data.textContent = String(cell);
      row.append(data);
    }
    return row;
  });
  element(id).replaceChildren(...made);
}

/** @param {string} path @returns {Promise<any>} */
async function ask(path) {
  const answer = await fetch(path, { cache: 'no-store' });
  if (!answer.ok && answer.status !== 503) {
    throw new Error(`${path} answers ${answer.status}`);
  }
  return answer.json();
}

const RUNGS = ['live', 'conflating', 'slow'];
const SAMPLE = /^depthcast_(\w+?)(?:_total)?(?:\{(.*)\})? (\S+)$/;

/**
 * Samples of some metrics, each as its name and the values of its labels in words, and its value.
 * @param {string} text @param {RegExp} wanted @returns {[string, number][]}
 */
function samples(text, wanted) {
  return text
    .split('\n')
    .filter((line) => wanted.test(line))
    .map((line) => {
      const [, name, labels, value] = SAMPLE.exec(line) ?? ['', line, '', 'NaN'];
      const words = [...(labels ?? '').matchAll(/(\w+)="([^"]*)"/g)].map(([, label, of]) => (label === 'shard' ? `shard ${of}` : of));
      return [[name.replaceAll('_', ' '), ...words].join(', '), Number(value)];
    });
}

/** @param {number} value @returns {string} */
function figure(value) {
  return value.toLocaleString('en', { maximumFractionDigits: 3 });
}

async function metrics() {
  const text = await (await fetch('metrics', { cache: 'no-store' })).text();
  const rungs = new Map(samples(text, /^depthcast_clients\{/));
  show('rungs', RUNGS.map((rung) => [rung, figure(rungs.get(`clients, ${rung}`) ?? 0)]));
  const feed = samples(text, /^depthcast_(feed_|books|stale_books|events_in_total|gaps_total)/);
  // Of what did not happen there would be a row for each code.
  const sources = samples(text, /^depthcast_source_/).filter(([, value]) => value > 0);
  show('sources', [...feed, ...sources].map(([name, value]) => [name, figure(value)]));
}

async function probes() {
  const [live, ready, drain] = await Promise.all([ask('livez'), ask('readyz'), ask('drain')]);
  const checks = [...live.checks, ...ready.checks];
  show('checks', checks.map((check) => [check.name, check.status, check.detail]));
  return drain.draining ? 'Sends its clients away' : ready.status === 'up' ? 'Ready' : 'Not ready';
}

async function clients() {
  const sort = /** @type {HTMLSelectElement} */ (element('sort')).value;
  const [page, addresses, subjects, streams, blocks] = await Promise.all([
    ask(`connections?limit=50&sort=${sort}`),
    ask('connections/counts?by=address&limit=10'),
    ask('connections/counts?by=subject&limit=10'),
    ask('streams'),
    ask('blocks'),
  ]);
  show('addresses', addresses.counts.map((each) => [each.who, each.connections]));
  show('subjects', subjects.counts.map((each) => [each.who || 'without a token', each.connections]));
  show('streams', streams.streams.map((each) => [each.channel, each.symbol, each.detail, each.subscriptions]));
  show('blocks', blocks.blocks.map((each) => [each.id, each.address ?? each.subject, each.secondsLeft, each.reason]));
  show(
    'connections',
    page.connections.map((each) => [
      each.address,
      each.subject,
      each.transport,
      each.subprotocol,
      Math.floor(each.ageMillis / 1000),
      each.subscriptions,
      each.rung,
      each.behindMillis,
      each.pendingBytes,
      each.bytesSent,
      each.id,
    ]),
  );
  const silent = page.unanswered === undefined ? '' : `; ${page.unanswered.join(', ')} did not answer`;
  return `${page.total} ${page.total === 1 ? 'connection' : 'connections'}${silent}`;
}

async function look() {
  try {
    const [state, count] = await Promise.all([probes(), clients(), metrics()]);
    element('state').textContent = `${state}; ${count}`;
  } catch (failure) {
    element('state').textContent = `No answer: ${failure}`;
  }
  setTimeout(look, PERIOD_MILLIS);
}

element('sort').addEventListener('change', () => void clients());
void look();
