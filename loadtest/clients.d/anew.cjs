// Unmodified clients of Binance spot while the feed behind their gateway begins a new epoch and the gateway stays: our own
// client beside them keeps its one connection. No book may be wrong, and what a client itself checks may never fail.
// Nothing rests on how fast this machine is: the epoch begins when each client has its books, and all ends when each has them again.
// usage: node anew.cjs BASE SECONDS BEGIN XCHANGE..., the seconds that all of it may take, a pipe that takes a line when the epoch
// shall begin, and a command that starts XchangeBooks
'use strict';
const { writeFileSync } = require('node:fs');
const { served, Truth } = require('./books.cjs');
const { Tried, kinds } = require('./tried.cjs');
const [base, seconds, begin, ...xchange] = process.argv.slice(2);
const LEAST_BOOKS = 4;
const LOOK_MILLIS = 50;

async function main() {
  await served(`${base}/v1/instruments`);
  const { instruments: [{ symbol }] } = await (await fetch(`${base}/v1/instruments`)).json();
  const truth = new Truth(base.replace(/^http/, 'ws'), symbol);
  truth.follow();
  const until = Date.now() + seconds * 1000;
  const phase = () => (truth.epochs.size > 1 ? 1 : 0);
  const clients = kinds(xchange).map(([name, run]) => {
    const client = new Tried(name, phase);
    run(client, truth, { at: base.slice('http://'.length), symbol }, until).catch((error) => client.fault(String(error)));
    return client;
  });
  /** Until each has its books in a phase; gives up at a fault, or when the time is over. */
  const haveBooks = async (phase) => {
    while (!clients.every(({ phases }) => phases[phase] >= LEAST_BOOKS)) {
      if (Date.now() > until || clients.some(({ faults }) => faults.length > 0)) return false;
      await new Promise((done) => setTimeout(done, LOOK_MILLIS));
    }
    return true;
  };
  let isGood = await haveBooks(0);
  if (isGood) {
    writeFileSync(begin, 'now\n');
    isGood = await haveBooks(1);
  }
  console.log(`our own client: ${truth.epochs.size} epochs on ${truth.connections} connection`);
  isGood = isGood && truth.epochs.size === 2 && truth.connections === 1;
  for (const client of clients) {
    const [before, after] = client.phases;
    console.log(`${client.name}: ${before} books equal before, ${after} in the new epoch${client.closed >= 0 ? `; closed ${client.closed} times` : ''}`);
    client.faults.forEach((fault) => console.log(`  ${fault}`));
    isGood = isGood && client.faults.length === 0;
  }
  process.exit(isGood ? 0 : 1);
}

main().catch((error) => {
  console.error(error);
  process.exit(2);
});
