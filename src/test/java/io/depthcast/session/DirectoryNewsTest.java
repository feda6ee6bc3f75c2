package io.depthcast.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.Instrument;
import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.StepSize;
import io.depthcast.feed.Listing;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a client hears when instruments come, change and go. */
class DirectoryNewsTest {
    private static final String STATUS = "{'type':'status','symbol':'%s','status':'%s','time':1795363200000000}";

    private final SessionBench bench = SessionBench.json();

    @AfterEach
    void shouldHaveFreedEveryBufferAndCountNoSubscription() {
        bench.close();
    }

    @Test
    void shouldTakeInWhatIsNewOnTheTermsOfWhoFollowsAll() {
        bench.say("{'op':'subscribe','id':4,'channel':'bbo','symbols':['*'],'intervalMillis':100}");
        bench.streams.takeAsked();

        List<String> told = change(List.of(), listing(4, "NEW", "0.1", InstrumentStatus.HALTED));
        assertThat(told).hasSize(3);
        assertThat(told.get(0)).startsWith("{'type':'instruments'").contains("'symbol':'NEW'", "'status':'halted'");
        assertThat(told.subList(1, 3))
                .isEqualTo(List.of(
                        "{'op':'subscribed','channel':'bbo','intervalMillis':100,'symbols':{'NEW':4}}",
                        String.format(STATUS, "NEW", "halted")));
        assertThat(bench.streams.takeAsked()).isEqualTo(List.of("ask bbo 4/0 at 0:0 every 5"));
        assertThat(bench.subscriptionsMetered()).isEqualTo(4);
    }

    @Test
    void shouldTakeInNothingForWhoNamesWhatItFollowsOrFollowsAllNoMore() {
        bench.say("{'op':'subscribe','channel':'bbo','symbols':['*']}");
        bench.say("{'op':'unsubscribe','channel':'bbo','symbols':['*']}");
        bench.say("{'op':'subscribe','channel':'bbo','symbols':['X']}");
        bench.streams.takeAsked();
        assertThat(change(List.of(), listing(4, "NEW", "0.1", InstrumentStatus.OPEN)))
                .singleElement()
                .asString()
                .startsWith("{'type':'instruments'");
        assertThat(bench.streams.takeAsked()).isEmpty();
    }

    @Test
    void shouldEndWhatIsFollowedOfAnInstrumentThatIsRemoved() {
        bench.say("{'op':'subscribe','channel':'book','symbols':['X','BTC-USD']}");
        bench.say("{'op':'subscribe','channel':'trades','symbols':['X']}");
        bench.streams.takeAsked();
        List<String> told = change(List.of(3, 2));
        assertThat(told).hasSize(3);
        assertThat(told.get(0)).startsWith("{'type':'instruments'").doesNotContain("'symbol':'X'");
        assertThat(told.subList(1, 3))
                .isEqualTo(List.of(
                        "{'op':'unsubscribed','channel':'book','symbols':['X'],'why':'removed'}",
                        "{'op':'unsubscribed','channel':'trades','symbols':['X'],'why':'removed'}"));
        assertThat(bench.streams.takeAsked())
                .isEqualTo(List.of("withdraw book 3/25 at 0:0 every 1", "withdraw trades 3/0 at 0:0 every 1"));
        assertThat(bench.subscriptionsMetered()).isEqualTo(1);
        assertThat(bench.say("{'op':'subscribe','channel':'bbo','symbols':['X']}"))
                .singleElement()
                .asString()
                .contains("'unknown-symbol'");
    }

    @Test
    void shouldTellAStatusToWhoFollowsAnythingOfTheInstrumentAndWhoComesLater() {
        bench.say("{'op':'subscribe','channel':'trades','symbols':['X']}");
        assertThat(change(
                        List.of(),
                        listing(3, "X", "0.1", InstrumentStatus.STALE),
                        listing(2, "ETH-USD", "0.1", InstrumentStatus.HALTED)))
                .isEqualTo(List.of(String.format(STATUS, "X", "stale")));
        assertThat(bench.say("{'op':'subscribe','channel':'bbo','symbols':['ETH-USD','BTC-USD']}"))
                .isEqualTo(List.of(
                        "{'op':'subscribed','channel':'bbo','intervalMillis':0,'symbols':{'ETH-USD':2,'BTC-USD':1}}",
                        String.format(STATUS, "ETH-USD", "halted")));
        assertThat(change(List.of(), listing(3, "X", "0.1", InstrumentStatus.OPEN)))
                .isEqualTo(List.of(String.format(STATUS, "X", "open")));
    }

    @Test
    void shouldTellWhoComesLaterThatAnInstrumentIsOpenAgain() {
        change(List.of(), listing(3, "X", "0.1", InstrumentStatus.HALTED));
        change(List.of(), listing(3, "X", "0.1", InstrumentStatus.OPEN));
        assertThat(bench.say("{'op':'subscribe','channel':'bbo','symbols':['X','BTC-USD']}"))
                .isEqualTo(List.of(
                        "{'op':'subscribed','channel':'bbo','intervalMillis':0,'symbols':{'X':3,'BTC-USD':1}}",
                        String.format(STATUS, "X", "open")));
    }

    @Test
    void shouldLetAClientFollowAllWhereNothingIsListedYet() {
        change(List.of(1, 2, 3));
        assertThat(bench.say("{'op':'subscribe','id':4,'channel':'bbo','symbols':['*']}"))
                .isEqualTo(List.of("{'op':'subscribed','id':4,'channel':'bbo','intervalMillis':0,'symbols':{}}"));
        assertThat(change(List.of(), listing(4, "NEW", "0.1", InstrumentStatus.OPEN)))
                .contains("{'op':'subscribed','channel':'bbo','intervalMillis':0,'symbols':{'NEW':4}}");
    }

    @Test
    void shouldListOtherStepsAndGoOnWithTheSubscription() {
        bench.say("{'op':'subscribe','channel':'book','symbols':['*']}");
        bench.say("{'op':'unsubscribe','channel':'book','symbols':['ETH-USD']}");
        bench.streams.takeAsked();
        List<String> told = change(
                List.of(),
                listing(3, "X", "0.01", InstrumentStatus.OPEN),
                listing(2, "ETH-USD", "0.01", InstrumentStatus.OPEN));
        assertThat(told)
                .singleElement()
                .asString()
                .startsWith("{'type':'instruments'")
                .contains("'symbol':'X','tickSize':'0.01'");
        assertThat(bench.streams.takeAsked()).isEmpty();
        assertThat(bench.subscriptionsMetered()).isEqualTo(2);
    }

    private List<String> change(List<Integer> removed, Listing... changed) {
        return bench.change(removed, changed);
    }

    private static Listing listing(int id, String symbol, String tickSize, InstrumentStatus status) {
        Instrument instrument = new Instrument(id, symbol, StepSize.parse(tickSize), StepSize.parse("0.01"));
        return new Listing(instrument, 0, status);
    }
}
