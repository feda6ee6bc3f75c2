package io.depthcast.browser;

import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;

/** The dashboard of a gateway in a page of its own, which must have nothing to complain of. */
final class Dashboard implements AutoCloseable {
    /**
     * Which version REST has is left to chance, so that all are kept that are seen meanwhile. What was painted before this
     * began may be of what was asked for before, and of another size of the window, and is painted again.
     */
    private static final String SHOWS_BOOK_OF_REST = """
            async ([symbol, origin]) => {
              const ladder = document.querySelector('#ladder');
              const side = name => [...ladder.querySelectorAll(`tr[data-side=${name}][data-price]`)]
                .map(row => `${row.dataset.price} ${row.dataset.size}`).join();
              const [shown, told] = [new Map(), new Map()];
              const frame = () => new Promise(requestAnimationFrame);
              const note = () => {
                const { version, proved } = ladder.dataset;
                if (version && ladder.dataset.symbol === symbol && proved === 'true')
                  shown.set(version, `${side('ask')} ${side('bid')}`);
              };
              const ask = async () => {
                const { epoch, sequence, bids, asks } = await (await fetch(`${origin}/v1/book/${symbol}?depth=25`)).json();
                const [high, low] = [asks.reverse(), bids].map(levels => levels.map(level => level.join(' ')).join());
                told.set(`${epoch}:${sequence}`, `${high} ${low}`);
              };
              const observer = new MutationObserver(note);
              for (let i = 0; i < 2; i++) await frame();
              delete ladder.dataset.version;
              observer.observe(ladder, { attributes: true });
              depthcast.workspace.panes[0].redefined(depthcast.address.view);
              try {
                for (let i = 0; i < 40; i++) {
                  await ask();
                  await frame();
                  const both = [...told.keys()].filter(version => shown.has(version));
                  const other = both.find(version => shown.get(version) !== told.get(version));
                  if (other) throw new Error(`not the book of REST at ${other}: ${shown.get(other)} and ${told.get(other)}`);
                  if (both.length > 0) return true;
                }
                return false;
              } finally {
                observer.disconnect();
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

    /** Until the ladder has shown the book that REST has at the same version. */
    void awaitBookOfRest(String symbol) {
        // However busy this machine is, no version shall be left out, and no row is out of sight, beside which pane
        // whatsoever.
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
