// Feeds a broker: node publish.cjs nats|nchan PORT MESSAGES RATE
'use strict';

const net = require('node:net');
const { load, pace } = require('./messages.cjs');

const [, , broker, port, file, rate] = process.argv;
let socket;

/** Again and again: a broker that was stopped for a while has given up its publisher. Whoever started this ends it. */
function connect() {
  socket = net.connect(Number(port), '127.0.0.1');
  socket.setNoDelay(true);
  socket.on('connect', () => {
    if (broker === 'nats') socket.write('CONNECT {"verbose":false,"pedantic":false}\r\n');
  });
  socket.on('data', (bytes) => {
    if (broker === 'nats' && bytes.includes('PING')) socket.write('PONG\r\n');
  });
  socket.on('error', (error) => console.error(error.message));
  socket.on('close', () => setTimeout(connect, 200));
}

function send(message) {
  if (broker === 'nats') {
    socket.write(Buffer.concat([Buffer.from(`PUB m ${message.length}\r\n`), message, Buffer.from('\r\n')]));
  } else {
    const head =
      'POST /publish HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/octet-stream\r\n' +
      `Content-Length: ${message.length}\r\n\r\n`;
    socket.write(Buffer.concat([Buffer.from(head), message]));
  }
}

connect();
pace(load(file), Number(rate), (message) => {
  if (socket.readyState === 'open') send(message);
});
