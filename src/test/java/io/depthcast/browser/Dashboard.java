package io.depthcast.browser;

import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;

/** The dashboard of a gateway in a page of its own, which must have nothing to complain of. */
final class Dashboard implements AutoCloseable {
    /**
     * Whether the ladder shows what the client holds, and the client what REST has. Which version REST has is left to chance, and
     * how many are painted to the machine, so that all are kept that the client holds meanwhile. What was painted before this
     * began may be of what was asked for before, and of another size of the window, and is painted again.
     */
    private static final String SHOWS_BOOK_OF_REST = """
            async ([symbol, origin]) => {
              const ladder = document.querySelector('#ladder');
              const [pane] = depthcast.workspace.panes;
              const frame = () => new Promise(requestAnimationFrame);
              const text = levels => levels.map(level => level.join(' ')).join();
              const rows = name => [...ladder.querySelectorAll(`tr[data-side=${name}][data-price]`)]
                .map(({ dataset: { price, size } }) => [price, size]);
              const levels = side => [...side].map(({ price, size }) => [price, size]);
              const holds = () => `${text(levels(pane.book.asks))} ${text(levels(pane.book.bids))}`;
              const [held, told] = [new Map(), new Map()];
              let painted = false;
              const hold = () => { if (pane.book.proved) held.set(pane.book.version, holds()); };
              const look = () => {
                const { version, proved } = ladder.dataset;
                if (ladder.dataset.symbol !== symbol || proved !== 'true' || version !== pane.book.version) return;
                painted ||= [`${text(rows('ask').reverse())} ${text(rows('bid'))}`, holds()];
              };
              const ask = async () => {
                const answer = await fetch(`${origin}/v1/book/${symbol}?depth=25`);
                if (!answer.ok) return;
                const { epoch, sequence, bids, asks } = await answer.json();
                told.set(`${epoch}:${sequence}`, `${text(asks)} ${text(bids)}`);
              };
              const differ = (version, [one, other]) => {
                if (one !== other) throw new Error(`not the same at ${version}: ${one} and ${other}`);
              };
              for (let i = 0; i < 2; i++) await frame();
              delete ladder.dataset.version;
              const observer = new MutationObserver(look);
              observer.observe(ladder, { attributes: true });
              pane.redefined(depthcast.address.view);
              hold();
              const stop = depthcast.client.on('book', hold);
              try {
                for (let i = 0; i < 50; i++) {
                  await ask();
                  const both = [...told.keys()].filter(version => held.has(version));
                  for (const version of both) differ(version, [held.get(version), told.get(version)]);
                  if (both.length > 0 || i % 10 === 9) await frame();
                  if (painted) differ('the ladder', painted);
                  if (both.length > 0 && painted) return true;
                }
                return false;
              } finally {
                observer.disconnect();
                stop();
              }
            }
            """;

    private final Complaints complaints;
    private final List<String> sent = new ArrayList<>();
    private final Page page;
    private final int port;

    private Dashboard(Page page, int port) {
        this.page = page;
        this.port = port;
        complaints = new Complaints(page);
        page.onWebSocket(socket -> socket.onFrameSent(frame -> sent.add(String.valueOf(frame.text()))));
    }

    /** Opened, with the book of the first instrument of the view. */
    static Dashboard open(Chromium chromium, int port, String view) {
        Dashboard dashboard = new Dashboard(chromium.open(), port);
        dashboard.page.navigate("http://127.0.0.1:" + port + "/#" + view);
        dashboard.awaitBook(view.split("[,&]", -1)[0]);
        return dashboard;
    }

    Page page() {
        return page;
    }

    /** Until a command with both of these has gone out behind the first so many; returns how many have. */
    int awaitCommand(int after, String part, String other) {
        page.waitForCondition(
                () -> sent.stream().skip(after).anyMatch(text -> text.contains(part) && text.contains(other)));
        return sent.size();
    }

    void awaitBook(String symbol) {
        page.waitForSelector("#ladder[data-symbol=" + symbol + "][data-proved=true] tr[data-price]");
    }

    void awaitState(String state) {
        page.waitForSelector("#state[data-state=" + state + "]");
    }

    /** Until the ladder has shown the client's book, and that was the one of REST at the same version. */
    void awaitBookOfRest(String symbol) {
        // However busy this machine is, no version shall be left out; and no row is out of sight, whatever is beside.
        page.setViewportSize(1440, 2000);
        page.evaluate("() => { depthcast.frames.rate.most = 1; }");
        page.waitForFunction(SHOWS_BOOK_OF_REST, List.of(symbol, "http://127.0.0.1:" + port));
    }

    /** What the client has counted. */
    int counter(String name) {
        return (int) page.evaluate("name => depthcast.client.counters[name]", name);
    }

    String text(String selector) {
        return page.locator(selector).innerText();
    }

    /** Lost connections are complaints of the browser: whoever brought them about forgives them. */
    void forgive() {
        complaints.forgiveNetwork();
    }

    @Override
    public void close() {
        page.close();
        complaints.assertNone();
    }
}
