// What a client of each kind takes of the gateway's memory: for each a gateway of its own with a quiet market, so many clients
// that follow one book of 500 levels, and then what lives in the heap after a collection and what is resident.
// usage: node memory.cjs CLIENTS JAR, such as node memory.cjs 2000 target/depthcast-1.0.0.jar; needs jcmd
'use strict';
const { execFileSync, spawn } = require('node:child_process');
const fs = require('node:fs');
const { KINDS, Tally, connect } = require('./beside.cjs');
const count = Number(process.argv[2]);
const jar = process.argv[3];
/** Connections at once, so that no backlog is full. */
const AT_ONCE = 50;
const FLAGS = ['-Xms400m', '-Xmx400m', '-XX:+UseSerialGC', '-XX:+AlwaysPreTouch'];
const SETTINGS = ['http.host=127.0.0.1', 'http.port=0', 'management.port=0', 'ingest.port=none', 'feed.eventsPerSecond=1'];
const wait = (millis) => new Promise((done) => setTimeout(done, millis));

function start() {
  const gateway = spawn('java', [...FLAGS, '-jar', jar, ...SETTINGS.flatMap((each) => ['--set', each])], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  process.on('exit', () => gateway.kill('SIGKILL'));
  return new Promise((done, failed) => {
    gateway.on('exit', () => failed(new Error('the gateway did not start')));
    gateway.stdout.on('data', (text) => {
      const told = /listening on (http:[^ ]*)\//.exec(text);
      if (told) done({ gateway, base: told[1] });
    });
  });
}

/** Bytes that live in the heap, and those that are resident; the heap is so from the start. */
function memory(pid) {
  for (let i = 0; i < 3; i++) execFileSync('jcmd', [pid, 'GC.run']);
  const total = execFileSync('jcmd', [pid, 'GC.class_histogram'], { maxBuffer: 1 << 26 }).toString().trim().split('\n').pop();
  const resident = /VmRSS:\s+(\d+) kB/.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))[1];
  return { heap: Number(total.trim().split(/\s+/)[2]), resident: Number(resident) * 1024 };
}

async function measure(kind) {
  const { gateway, base } = await start();
  const tally = new Tally(kind);
  const sockets = [];
  // Those that come first have it load what everybody needs.
  const connectAll = async (many) => {
    for (let i = 0; i < many; i += AT_ONCE) {
      const length = Math.min(AT_ONCE, many - i);
      sockets.push(...await Promise.all(Array.from({ length }, (none, each) => connect(base, kind, tally, i + each))));
    }
    await wait(4000);
  };
  await connectAll(AT_ONCE);
  const before = memory(String(gateway.pid));
  await connectAll(count);
  const after = memory(String(gateway.pid));
  if (tally.closed > 0) throw new Error(`${tally.closed} of ${kind} were closed`);
  gateway.removeAllListeners('exit');
  gateway.kill('SIGKILL');
  sockets.forEach((socket) => socket.destroy());
  return { heap: (after.heap - before.heap) / count, resident: (after.resident - before.resident) / count };
}

async function main() {
  let first;
  for (const kind of Object.keys(KINDS)) {
    const each = await measure(kind);
    first = first || each;
    console.log(`${kind}: ${(each.heap / 1024).toFixed(2)} KiB of heap and ${(each.resident / 1024).toFixed(2)} KiB resident a client; `
      + `${(each.heap / first.heap).toFixed(2)} and ${(each.resident / first.resident).toFixed(2)} times the first`);
  }
  process.exit(0);
}

main().catch((error) => {
  console.error(error);
  process.exit(2);
});
