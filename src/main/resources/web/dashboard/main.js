// @ts-check
import { Depthcast } from '../client/v1/depthcast.js';
import { Address } from './address.js';
import { Ages } from './ages.js';
import { byId, cellById, press } from './cells.js';
import { DayStats } from './day-stats.js';
import { Frames } from './frames.js';
import { listenToKeys } from './keys.js';
import { LinkPanel } from './link-panel.js';
import { Meter } from './meter.js';
import { Status } from './status.js';
import { otherTheme, showTheme, togglePalette, watchTheme } from './theme.js';
import { titleOf } from './title.js';
import { takeTokenFromAddress, token } from './token.js';
import { GROUPS, INTERVALS } from './view.js';
import { Watchlist } from './watchlist.js';
import { Workspace } from './workspace.js';

/** @typedef {import('./view.js').View} View */

const STATUS_MILLIS = 250;
/** Figures that change faster cannot be read, and painting them is what costs. */
const LADDER_MILLIS = 50;
const LIST_MILLIS = 100;
const TAPE_MILLIS = 100;
const CHART_MILLIS = 200;
const DAY_MILLIS = 1_000;
/** Each of several panes is painted so many times less often, for nobody looks at all of them at once. */
const SEVERAL_SLOWER = 3;
const TITLE_MILLIS = 1_000;
const ANNOUNCE_MILLIS = 5_000;
/** There the panel of the connection has room of its own. */
const ROOMY = '(width >= 1240px) and (height >= 820px)';

takeTokenFromAddress();
const client = new Depthcast('v1/stream', { token });
const frames = new Frames();
const meter = new Meter();
const ages = new Ages();
const status = new Status(client, frames, meter, ages);
const linkPanel = new LinkPanel(client, { frames, meter, ages, status });
// A token is no view, so that this has to hear of it before the address does.
addEventListener('popstate', (event) => {
  if (!takeTokenFromAddress()) return;
  event.stopImmediatePropagation();
  address.settle({});
  client.reconnect();
});
const address = new Address((view, before) => showView(view, before));
const days = new DayStats(client);
const watchlist = new Watchlist(days, {
  select: (symbol) => workspace.replace(symbol),
  beside: (symbol) => workspace.add(symbol),
});
const workspace = new Workspace(client, address, (symbol) => watchlist.mark(symbol));
const summary = cellById('summary');
/** @type {Record<'depth'|'group'|'pace', HTMLSelectElement>} */
const selects = {
  depth: /** @type {HTMLSelectElement} */ (byId('depth')),
  group: /** @type {HTMLSelectElement} */ (byId('group')),
  pace: /** @type {HTMLSelectElement} */ (byId('pace')),
};

/** @param {View} view @param {View} [before] */
function showView(view, before) {
  if (frames.frozen && before?.symbols.join() !== view.symbols.join()) toggleFreeze();
  showTheme(view.theme);
  for (const name of /** @type {const} */ (['depth', 'group', 'pace'])) selects[name].value = String(view[name]);
  if (before?.pace !== view.pace) client.subscribe('bbo', '*', { intervalMillis: view.pace });
  workspace.show(view);
}

function toggleFreeze() {
  frames.frozenAt = frames.frozen ? 0 : Date.now();
  press(byId('freeze'), frames.frozen);
  status.paint();
}

/** @param {-1|1} way through the groups, round at their ends */
function turnGroup(way) {
  const at = GROUPS.indexOf(address.view.group);
  address.choose({ group: GROUPS[(at + way + GROUPS.length) % GROUPS.length] });
}

function announce() {
  const { active } = workspace;
  if (!active) return;
  const prices = status.now.live && active.book ? active.quote.summary(active.book) : '';
  summary.set([status.now.shown === 'connected' ? '' : status.words, prices].filter(Boolean).join('. '));
  active.describe();
}

client.on('instruments', (instruments) => {
  watchlist.list(instruments);
  if (address.view.symbols.length === 0 && instruments.size > 0) {
    address.settle({ symbols: [instruments.keys().next().value ?? ''] });
  }
  for (const pane of workspace.panes) pane.redefined(address.view);
});
client.on('bbo', (bbo) => watchlist.update(bbo));
client.on('status', (change) => watchlist.status(change.symbol, change.status));
client.on('book', ({ timeMicros }) => ages.add(client.ageMillis(timeMicros)));
client.on('state', ({ state }) => state === 'resuming' && ages.forget());
client.on('state', () => status.paint());
client.on('refused', ({ code, reason }) => code === 'unknown-channel' || console.warn(`refused: ${reason}`));

byId('freeze').addEventListener('click', toggleFreeze);
byId('theme').addEventListener('click', () => address.choose({ theme: otherTheme(address.view.theme) }));
for (const [name, select] of Object.entries(selects)) {
  select.addEventListener('change', () => address.choose({ [name]: Number(select.value) }));
}
listenToKeys(
  [
    {
      keys: ['ArrowUp', 'ArrowDown'],
      does: 'Choose an instrument',
      act: (key) => watchlist.move(key === 'ArrowUp' ? -1 : 1),
    },
    {
      keys: ['Home', 'End'],
      does: 'The first, the last',
      act: (key) => watchlist.move(key === 'Home' ? -Infinity : Infinity),
    },
    { keys: ['f'], does: 'Favourite or not', act: () => watchlist.toggleFavourite(workspace.active?.symbol ?? '') },
    { keys: ['['], does: 'The pane before', act: () => workspace.turn(-1) },
    { keys: [']'], does: 'The next pane', act: () => workspace.turn(1) },
    { keys: ['a'], does: 'One more pane, with the next instrument', act: addNext },
    { keys: ['x'], does: 'Close the pane', act: () => workspace.removeActive() },
    {
      keys: INTERVALS.map((_, i) => String(i + 1)),
      shown: '1 to 7',
      does: 'Candles of 1 s, 1 m, 5 m, 15 m, 1 h, 4 h, 1 d',
      act: (key) => address.choose({ candles: INTERVALS[Number(key) - 1] }),
    },
    {
      keys: ['+', '-'],
      does: 'Zoom the candles',
      act: (key) => workspace.active?.chart?.zoomBy(key === '+' ? 'in' : 'out'),
    },
    {
      keys: ['ArrowLeft', 'ArrowRight'],
      does: 'Older, newer candles',
      act: (key) => workspace.active?.chart?.step(key === 'ArrowLeft' ? -1 : 1),
    },
    { keys: ['0'], does: 'Back to the newest candle', act: () => workspace.active?.chart?.goLive() },
    { keys: ['m'], does: 'The market into the middle of the ladder', act: () => workspace.active?.ladder.center() },
    { keys: ['l'], does: 'Rows of the ladder by level, or anchored to prices', act: toggleLadder },
    { keys: ['g', 'G'], does: 'More, fewer ticks in one level', act: (key) => turnGroup(key === 'g' ? 1 : -1) },
    { keys: ['p'], does: 'Freeze or release the screen', act: toggleFreeze },
    { keys: ['s'], does: 'The panel of the connection', act: toggleLinkPanel },
    { keys: ['t'], does: 'Light or dark', act: () => byId('theme').click() },
    { keys: ['c'], does: 'Green and red, or blue and orange', act: togglePalette },
  ],
  { onSearch: (text) => watchlist.search(text), onTake: () => watchlist.selectFirst() },
);

function toggleLadder() {
  address.choose({ ladder: address.view.ladder === 'price' ? 'levels' : 'price' });
}

function toggleLinkPanel() {
  const panel = /** @type {HTMLDetailsElement} */ (byId('link-panel'));
  panel.open = !panel.open;
}

function addNext() {
  const next = [...client.instruments.keys()].find((symbol) => !address.view.symbols.includes(symbol));
  if (next) workspace.add(next);
}

/**
 * One pane at a time, each this often.
 *
 * @param {number} everyMillis
 * @param {(pane: import('./pane.js').Pane, nowMillis: number) => void} paint
 */
function inTurn(everyMillis, paint) {
  let turn = 0;
  const { panes } = workspace;
  frames.add((nowMillis) => panes.length > 0 && paint(panes[turn++ % panes.length], nowMillis), {
    everyMillis: () => (everyMillis * Math.min(panes.length || 1, SEVERAL_SLOWER)) / (panes.length || 1),
  });
}

/** @param {(pane: import('./pane.js').Pane) => void} paint */
function eachPane(paint) {
  for (const pane of workspace.panes) paint(pane);
}

watchTheme(() => eachPane((pane) => pane.recolor()));
/** @type {HTMLDetailsElement} */ (byId('link-panel')).open = matchMedia(ROOMY).matches;
showView(address.view);
frames.add((nowMillis) => watchlist.paint(nowMillis), { everyMillis: LIST_MILLIS });
inTurn(LADDER_MILLIS, (pane, nowMillis) => pane.paintLadder(nowMillis));
inTurn(TAPE_MILLIS, (pane, nowMillis) => pane.paintTape(nowMillis));
inTurn(CHART_MILLIS, (pane) => pane.paintChart());
inTurn(CHART_MILLIS, (pane) => pane.paintDepth());
inTurn(DAY_MILLIS, ({ quote, symbol }) => quote.paintDay(days.bySymbol.get(symbol)));
frames.add(() => status.paint(), { everyMillis: STATUS_MILLIS, always: true });
frames.add(() => linkPanel.paint(), { everyMillis: TITLE_MILLIS, always: true });
frames.add(announce, { everyMillis: ANNOUNCE_MILLIS, always: true });
frames.start();
// A hidden page paints nothing; its title is still read.
setInterval(() => {
  meter.sample(performance.now(), client.counters);
  status.update();
  document.title = titleOf(workspace.active, status.now);
}, STATUS_MILLIS);

/** For tests and the console. */
Object.assign(globalThis, { depthcast: { client, frames, workspace, address } });
