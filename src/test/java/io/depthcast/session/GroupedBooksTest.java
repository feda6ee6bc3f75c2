package io.depthcast.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.Instrument;
import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.StepSize;
import io.depthcast.feed.Listing;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several books of one instrument, each to a depth and group of its own, on one connection. */
class GroupedBooksTest {
    private static final String BOOK = "{'op':'subscribe','channel':'book','symbols':['BTC-USD']";
    private static final String END = "{'op':'unsubscribe','channel':'book','symbols':['BTC-USD']";

    private final SessionBench bench = SessionBench.json();

    @AfterEach
    void shouldHaveFreedEveryBufferAndCountNoSubscription() {
        bench.close();
    }

    @Test
    void shouldHoldOneBookForEachDepthAndGroup() {
        assertThat(bench.say(BOOK + ",'depth':10,'group':'50'}"))
                .isEqualTo(List.of("{'op':'subscribed','channel':'book','depth':10,'group':'50','intervalMillis':0,"
                        + "'symbols':{'BTC-USD':1}}"));
        bench.say(BOOK + ",'depth':10,'group':'100'}");
        bench.say(BOOK + ",'depth':25,'group':'50'}");
        bench.say(BOOK + ",'depth':10}");

        assertThat(asked())
                .isEqualTo(List.of(
                        "ask book 1/10 by 50 at 0:0 every 1",
                        "ask book 1/10 by 100 at 0:0 every 1",
                        "ask book 1/25 by 50 at 0:0 every 1",
                        "ask book 1/10 at 0:0 every 1"));
        assertThat(bench.subscriptionsMetered()).isEqualTo(4);
        assertThat(bench.say(BOOK + ",'depth':100}")).hasSize(1);
        assertThat(asked()).isEqualTo(List.of("withdraw book 1/10 at 0:0 every 1", "ask book 1/100 at 0:0 every 1"));
        bench.say(BOOK + ",'depth':10,'group':'50','intervalMillis':100}");
        assertThat(asked())
                .isEqualTo(List.of("withdraw book 1/10 by 50 at 0:0 every 1", "ask book 1/10 by 50 at 0:0 every 5"));
        assertThat(bench.subscriptionsMetered()).isEqualTo(4);
    }

    @Test
    void shouldEndTheBooksThatAreNamedAndNoOthers() {
        followFour();

        assertThat(bench.say(END + ",'group':'50','depth':25}"))
                .isEqualTo(List.of(
                        "{'op':'unsubscribed','channel':'book','depth':25,'group':'50','symbols':['BTC-USD']}"));
        assertThat(asked()).isEqualTo(List.of("withdraw book 1/25 by 50 at 0:0 every 1"));
        assertThat(bench.say(END + ",'group':'1'}"))
                .isEqualTo(List.of("{'op':'unsubscribed','channel':'book','group':'1','symbols':['BTC-USD']}"));
        assertThat(asked()).isEqualTo(List.of("withdraw book 1/10 at 0:0 every 1"));
        assertThat(bench.say(END + ",'group':'2'}"))
                .isEqualTo(List.of("{'op':'unsubscribed','channel':'book','group':'2','symbols':[]}"));
        assertThat(asked()).isEmpty();
        assertThat(bench.subscriptionsMetered()).isEqualTo(2);
        assertThat(bench.say(END + "}"))
                .isEqualTo(List.of("{'op':'unsubscribed','channel':'book','symbols':['BTC-USD']}"));
        assertThat(asked())
                .containsExactlyInAnyOrder(
                        "withdraw book 1/10 by 50 at 0:0 every 1", "withdraw book 1/10 by 100 at 0:0 every 1");
        assertThat(bench.subscriptionsMetered()).isZero();
    }

    @Test
    void shouldSendSnapshotsOfTheBooksThatAreNamed() {
        followFour();

        bench.say("{'op':'resync','channel':'book','symbols':['BTC-USD'],'depth':10,'group':'50'}");
        assertThat(asked())
                .isEqualTo(List.of("withdraw book 1/10 by 50 at 0:0 every 1", "ask book 1/10 by 50 at 0:0 every 1"));
        bench.say("{'op':'resync','channel':'book','symbols':['BTC-USD']}");
        assertThat(asked()).hasSize(8);
        assertThat(bench.say("{'op':'resync','channel':'book','symbols':['BTC-USD'],'group':'5'}"))
                .isEqualTo(List.of("{'op':'error','code':'bad-request','reason':"
                        + "'no book of this instrument is subscribed; subscribe to it first','symbol':'BTC-USD'}"));
    }

    @Test
    void shouldResumeABookOfItsOwnVersion() {
        bench.say(BOOK + ",'depth':10,'resume':{'BTC-USD':'7:700'}}");
        bench.say(BOOK + ",'depth':10,'group':'50','resume':{'BTC-USD':'7:800'}}");

        assertThat(asked())
                .isEqualTo(List.of("ask book 1/10 at 7:700 every 1", "ask book 1/10 by 50 at 7:800 every 1"));
    }

    @Test
    void shouldTakeInNewInstrumentsToEveryGroupOfWhoFollowsAll() {
        bench.say("{'op':'subscribe','channel':'book','symbols':['*'],'depth':10,'group':'50'}");
        bench.say("{'op':'subscribe','channel':'book','symbols':['*'],'depth':10,'group':'100'}");
        bench.say("{'op':'subscribe','channel':'book','symbols':['*'],'depth':25}");
        bench.say("{'op':'subscribe','channel':'book','symbols':['*'],'depth':100}");
        bench.say("{'op':'unsubscribe','channel':'book','symbols':['*'],'group':'50'}");
        asked();

        change(
                List.of(),
                new Listing(
                        new Instrument(4, "NEW", StepSize.parse("0.1"), StepSize.parse("0.01")),
                        0,
                        InstrumentStatus.OPEN));
        assertThat(asked()).isEqualTo(List.of("ask book 4/10 by 100 at 0:0 every 1", "ask book 4/100 at 0:0 every 1"));

        assertThat(change(List.of(4))).last().asString().contains("'unsubscribed'", "'why':'removed'", "'NEW'");
        assertThat(asked()).hasSize(2).allMatch(each -> each.startsWith("withdraw book 4/"));
    }

    @Test
    void shouldTellTheStatusToWhoFollowsAGatheredBookAlone() {
        bench.say(BOOK + ",'depth':10,'group':'50'}");

        assertThat(change(List.of(), new Listing(bench.shared.directory().find("BTC-USD"), 0, InstrumentStatus.HALTED)))
                .contains("{'type':'status','symbol':'BTC-USD','status':'halted','time':1795363200000000}");
    }

    private void followFour() {
        bench.say(BOOK + ",'depth':10,'group':'50'}");
        bench.say(BOOK + ",'depth':10,'group':'100'}");
        bench.say(BOOK + ",'depth':25,'group':'50'}");
        bench.say(BOOK + ",'depth':10}");
        asked();
    }

    private List<String> asked() {
        return bench.streams.takeAsked();
    }

    private List<String> change(List<Integer> removed, Listing... changed) {
        return bench.change(removed, changed);
    }
}
