// Unmodified clients of Binance spot while the feed behind their gateway begins a new epoch and the gateway stays: our own
// client beside them keeps its one connection. No book may be wrong, and what a client itself checks may never fail.
// usage: node anew.cjs BASE SECONDS XCHANGE..., the seconds within which the epoch has to begin, and a command that starts XchangeBooks
'use strict';
const { served, Truth } = require('./books.cjs');
const { Tried, kinds } = require('./tried.cjs');
const [base, seconds, ...xchange] = process.argv.slice(2);
const LEAST_BOOKS = 4;

async function main() {
  await served(`${base}/v1/instruments`);
  const { instruments: [{ symbol }] } = await (await fetch(`${base}/v1/instruments`)).json();
  const truth = new Truth(base.replace(/^http/, 'ws'), symbol);
  truth.follow();
  const until = Date.now() + seconds * 1000;
  const phase = () => (truth.epochs.size > 1 ? 1 : 0);
  const clients = kinds(xchange).map(([name, run]) => {
    const client = new Tried(name, phase);
    return { client, ended: run(client, truth, { at: base.slice('http://'.length), symbol }, until).catch((error) => client.fault(String(error))) };
  });
  await Promise.race([Promise.all(clients.map(({ ended }) => ended)), new Promise((done) => setTimeout(done, seconds * 1000 + 5000))]);
  console.log(`our own client: ${truth.epochs.size} epochs on ${truth.connections} connection`);
  let isGood = truth.epochs.size === 2 && truth.connections === 1;
  for (const { client } of clients) {
    const [before, after] = client.phases;
    console.log(`${client.name}: ${before} books equal before, ${after} in the new epoch${client.closed >= 0 ? `; closed ${client.closed} times` : ''}`);
    client.faults.forEach((fault) => console.log(`  ${fault}`));
    isGood = isGood && client.faults.length === 0 && before >= LEAST_BOOKS && after >= LEAST_BOOKS;
  }
  process.exit(isGood ? 0 : 1);
}

main().catch((error) => {
  console.error(error);
  process.exit(2);
});
