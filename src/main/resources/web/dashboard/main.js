// @ts-check
import { Depthcast } from '../client/v1/depthcast.js';
import { CandleChart } from './candle-chart.js';
import { byId, setAttribute } from './cells.js';
import { DepthChart } from './depth-chart.js';
import { Frames } from './frames.js';
import { listenToKeys } from './keys.js';
import { Ladder } from './ladder.js';
import { Quote } from './quote.js';
import { LADDER_DEPTH, Selection } from './selection.js';
import { Status } from './status.js';
import { Tape } from './tape.js';
import { watchTheme } from './theme.js';
import { takeTokenFromAddress, token } from './token.js';
import { Watchlist } from './watchlist.js';

/** @typedef {import('./selection.js').Interval} Interval */

const STATUS_MILLIS = 250;
/** Figures that change faster cannot be read, and painting them is what costs. */
const LADDER_MILLIS = 50;
const LIST_MILLIS = 100;
const CHART_MILLIS = 200;
const TITLE_MILLIS = 1_000;
const ANNOUNCE_MILLIS = 5_000;

watchTheme(() => {
  candleChart.recolor();
  depthChart.recolor();
});
takeTokenFromAddress();
const client = new Depthcast('/v1/stream', { token });
const frames = new Frames();
const status = new Status(client, frames);
const watchlist = new Watchlist((symbol) => selection.select(symbol));
const ladder = new Ladder(LADDER_DEPTH);
const tape = new Tape();
const candleChart = new CandleChart();
const depthChart = new DepthChart();
const quote = new Quote();
/** Whether the book has changed since it was painted, per painter. */
const changed = { ladder: false, depth: false };

const selection = new Selection(client, {
  onInstrument(instrument) {
    if (frames.frozen) toggleFreeze();
    watchlist.mark(instrument.symbol);
    quote.start(instrument);
    tape.start(instrument);
    ladder.clear(instrument.symbol);
    depthChart.clear();
    history.replaceState(null, '', `#${encodeURIComponent(instrument.symbol)}`);
  },
  onInterval: (instrument, intervalSeconds) => candleChart.start(instrument, intervalSeconds),
  onTrades: (trades) => tape.merge(trades),
  onCandles: (candles) => candleChart.merge(candles),
});

/** @param {string} type @param {(detail: any) => void} listener */
function on(type, listener) {
  client.addEventListener(type, (event) => listener(/** @type {CustomEvent} */ (event).detail));
}

function selectFromAddress() {
  selection.select(decodeURIComponent(location.hash.slice(1)));
}

function bookChanged() {
  changed.ladder = true;
  changed.depth = true;
}

function paintLadder() {
  const book = client.books.get(selection.symbol);
  if (!changed.ladder || !book) return;
  changed.ladder = false;
  ladder.paint(book);
  quote.paintTouch(book);
}

function paintDepth() {
  const book = client.books.get(selection.symbol);
  if (!changed.depth || !book?.proved) return;
  changed.depth = false;
  depthChart.paint(book);
}

function paintQuote() {
  const instrument = client.instruments.get(selection.symbol);
  if (instrument && tape.last) quote.paintLast(instrument, tape.last.priceTicks);
}

function announce() {
  quote.announce(client.books.get(selection.symbol));
  candleChart.describe();
  depthChart.describe();
}

/** A browser does not tell a page why its handshake was refused; the answer to a request does. @param {{state: string}} change */
async function explainRefusal({ state }) {
  status.hint = '';
  if (state !== 'connecting' && state !== 'resuming') return;
  const answer = await fetch('/v1/instruments', { headers: { authorization: `Bearer ${token()}` } }).catch(() => null);
  if (answer?.status === 401) status.hint = 'needs a token: open this page as /#token=…';
}

function toggleFreeze() {
  frames.frozen = !frames.frozen;
  setAttribute(byId('freeze'), 'aria-pressed', String(frames.frozen));
  setAttribute(document.documentElement, 'data-frozen', String(frames.frozen));
}

/** @param {Interval} interval */
function chooseInterval(interval) {
  for (const button of document.querySelectorAll('#intervals button')) {
    setAttribute(button, 'aria-pressed', String(button.getAttribute('data-interval') === interval));
  }
  selection.chooseInterval(interval);
}

on('instruments', (instruments) => {
  watchlist.list(instruments);
  selectFromAddress();
  if (selection.symbol === '') watchlist.selectFirst();
});
on('bbo', (bbo) => watchlist.update(bbo));
on('book', (book) => book.symbol === selection.symbol && bookChanged());
on('gap', ({ symbol }) => symbol === selection.symbol && bookChanged());
on('trades', ({ symbol, missed, trades }) => symbol === selection.symbol && tape.add(missed, trades));
on('candle', (candle) => candle.symbol === selection.symbol && candleChart.update(candle));
on('state', ({ state }) => state === 'connected' && client.counters.reconnects > 0 && selection.loadHistory());
on('state', explainRefusal);
on('refused', ({ reason }) => console.warn(`refused: ${reason}`));

addEventListener('hashchange', () => {
  const had = token();
  takeTokenFromAddress();
  if (token() !== had) client.reconnect();
  selectFromAddress();
});
byId('freeze').addEventListener('click', toggleFreeze);
byId('pace').addEventListener('change', (event) => {
  selection.choosePace(Number(/** @type {HTMLSelectElement} */ (event.target).value));
});
byId('intervals').addEventListener('click', (event) => {
  const { interval } = /** @type {HTMLElement} */ (event.target).dataset;
  if (interval) chooseInterval(/** @type {Interval} */ (interval));
});
listenToKeys({
  move: (by) => watchlist.move(by),
  search: (text) => watchlist.filter(text),
  takeFirst: () => watchlist.selectFirst(),
  freeze: toggleFreeze,
  interval: chooseInterval,
});

selection.choosePace(Number(/** @type {HTMLSelectElement} */ (byId('pace')).value));
frames.add(() => status.paint(performance.now()), { everyMillis: STATUS_MILLIS, always: true });
frames.add((nowMillis) => watchlist.paint(nowMillis), { everyMillis: LIST_MILLIS });
frames.add(paintLadder, { everyMillis: LADDER_MILLIS });
frames.add(() => tape.paint(), { everyMillis: LIST_MILLIS });
frames.add(paintQuote, { everyMillis: LIST_MILLIS });
frames.add(() => candleChart.paint(), { everyMillis: CHART_MILLIS });
frames.add(paintDepth, { everyMillis: CHART_MILLIS });
frames.add(() => quote.entitle(), { everyMillis: TITLE_MILLIS });
frames.add(announce, { everyMillis: ANNOUNCE_MILLIS, always: true });
frames.start();
ladder.center();

/** For tests and the console. */
Object.assign(globalThis, { depthcast: { client, frames, selection } });
