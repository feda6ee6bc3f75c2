import { Publisher } from './publisher.js';

const [, , url, symbol] = process.argv;
const publisher = new Publisher(url);
publisher.define(symbol, { tickSize: '0.01', lotSize: '1' });
publisher.snapshot(symbol, [['10.00', '5']], [['10.02', '7']]);
let size = 0;
setInterval(() => {
  size += 1;
  publisher.update(symbol, [['10.00', String(1 + (size % 97))]], []);
}, 1);
