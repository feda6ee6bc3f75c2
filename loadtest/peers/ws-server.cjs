// npm ws, as one would write it: a loop of send over the clients. node ws-server.cjs PORT MESSAGES RATE none|deflate
'use strict';

const { WebSocketServer } = require('ws');
const { load, pace } = require('./messages.cjs');

const [, , port, file, rate, compression] = process.argv;
// Its default threshold of 1,024 would leave messages of 120 bytes as they are.
const perMessageDeflate = compression === 'deflate' ? { threshold: 0 } : false;
const server = new WebSocketServer({ host: '127.0.0.1', port: Number(port), perMessageDeflate });
server.on('connection', (client) => client.on('error', () => client.terminate()));
// A copy, because ws may still hold a message when its turn comes again.
pace(load(file), Number(rate), (message) => {
  const copy = Buffer.from(message);
  for (const client of server.clients) client.send(copy);
});
