'use strict';

const fs = require('node:fs');

/** Where an SBE book message has its "sent" field. */
const STAMP_AT = 54;

/** The messages of a file in which each stands behind its length, a little-endian uint32. */
function load(path) {
  const bytes = fs.readFileSync(path);
  const messages = [];
  for (let at = 0; at < bytes.length; at += 4 + bytes.readUInt32LE(at)) {
    messages.push(bytes.subarray(at + 4, at + 4 + bytes.readUInt32LE(at)));
  }
  return messages;
}

/** Calls back with the messages in turn, rate a second, each stamped with the time. What is late is not made up for. */
function pace(messages, rate, send) {
  const intervalMillis = 1000 / rate;
  let due = performance.now();
  let next = 0;
  const round = () => {
    const message = messages[next++ % messages.length];
    message.writeBigUInt64LE(BigInt(Math.round((performance.timeOrigin + performance.now()) * 1000)), STAMP_AT);
    send(message);
    due = Math.max(due + intervalMillis, performance.now());
    setTimeout(round, due - performance.now());
  };
  round();
}

module.exports = { load, pace };
