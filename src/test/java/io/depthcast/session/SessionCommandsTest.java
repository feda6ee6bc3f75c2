package io.depthcast.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.wire.Form;
import io.depthcast.wire.StreamKey;
import io.depthcast.wire.View;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionCommandsTest {
    private static final String BOOK = "{'op':'subscribe','channel':'book','symbols':['BTC-USD']";

    private final SessionBench bench = SessionBench.json();

    @AfterEach
    void shouldHaveFreedEveryBufferAndCountNoSubscription() {
        bench.close();
    }

    @Test
    void shouldGreetWithTheLimitsInAFixedOrderAndThenNameTheInstruments() {
        bench.session.open();

        assertThat(bench.socket.takeSent())
                .isEqualTo(List.of(
                        "{'op':'welcome','session':'s1','server':'depthcast/1.2.3',"
                                + "'time':1795363200000000,'flushMillis':20,"
                                + "'limits':{'messageBytes':16384,'commandsPerSecond':10,'pingsPerSecond':20,'subscriptions':1024,"
                                + "'snapshotsPerSecond':20,'bytesPerSecond':4194304,'pendingBytes':1048576,'lossSpreadMillis':0}}",
                        "{'type':'instruments','instruments':["
                                + "{'id':1,'symbol':'BTC-USD','tickSize':'0.1','lotSize':'0.01','status':'open'},"
                                + "{'id':2,'symbol':'ETH-USD','tickSize':'0.1','lotSize':'0.01','status':'open'},"
                                + "{'id':3,'symbol':'X','tickSize':'0.1','lotSize':'0.01','status':'open'}]}"));
    }

    @Test
    void shouldNameTheInstrumentsInTheFormOfTheData() {
        SessionBench sbe = new SessionBench(Form.SBE_DEFLATED, LimitSettings.DEFAULT);
        sbe.session.open();

        List<String> sent = sbe.socket.takeSent();
        assertThat(sent).hasSize(2);
        assertThat(sent.get(0)).startsWith("{'op':'welcome'");
        assertThat(sent.get(1)).startsWith("binary ");
        sbe.close();
    }

    @Test
    void shouldServeTheKnownSymbolBesideTheUnknownOne() {
        assertThat(bench.say("{'op':'subscribe','id':1,'channel':'book','symbols':['BTC-USD','XYZ','ETH-USD']}"))
                .isEqualTo(List.of(
                        "{'op':'error','id':1,'code':'unknown-symbol','reason':'no instrument XYZ; see /v1/instruments',"
                                + "'symbol':'XYZ'}",
                        "{'op':'subscribed','id':1,'channel':'book','depth':25,'intervalMillis':0,"
                                + "'symbols':{'BTC-USD':1,'ETH-USD':2}}"));
        assertThat(calls()).isEqualTo(List.of("ask book 1/25 at 0:0 every 1", "ask book 2/25 at 0:0 every 1"));
        assertThat(bench.subscriptionsMetered()).isEqualTo(2);
    }

    @Test
    void shouldConfirmNothingWhereNoSymbolIsKnown() {
        assertThat(bench.say("{'op':'subscribe','channel':'bbo','symbols':['XYZ']}"))
                .isEqualTo(List.of("{'op':'error','code':'unknown-symbol',"
                        + "'reason':'no instrument XYZ; see /v1/instruments','symbol':'XYZ'}"));
        assertThat(calls()).isEmpty();
    }

    @Test
    void shouldSubscribeToAllThatThereIs() {
        assertThat(bench.say(
                        "{'op':'subscribe','channel':'candles','symbols':['*'],'interval':'1m','intervalMillis':90}"))
                .isEqualTo(List.of("{'op':'subscribed','channel':'candles','interval':'1m','intervalMillis':100,"
                        + "'symbols':{'BTC-USD':1,'ETH-USD':2,'X':3}}"));
        assertThat(calls())
                .isEqualTo(List.of(
                        "ask candles 1/60 at 0:0 every 5",
                        "ask candles 2/60 at 0:0 every 5",
                        "ask candles 3/60 at 0:0 every 5"));
    }

    @Test
    void shouldChangeTheDepthInPlaceAndAskForASnapshot() {
        bench.say(BOOK + ",'depth':10}");
        calls();

        assertThat(bench.say(BOOK + ",'depth':100}"))
                .isEqualTo(List.of("{'op':'subscribed','channel':'book','depth':100,'intervalMillis':0,"
                        + "'symbols':{'BTC-USD':1}}"));
        assertThat(calls()).isEqualTo(List.of("withdraw book 1/10 at 0:0 every 1", "ask book 1/100 at 0:0 every 1"));
        assertThat(bench.subscriptionsMetered()).isEqualTo(1);
    }

    @Test
    void shouldChangeTheIntervalInPlaceAndAskAnewAtTheNewPace() {
        bench.say(BOOK + ",'intervalMillis':60000}");
        calls();

        assertThat(bench.say(BOOK + "}"))
                .isEqualTo(List.of("{'op':'subscribed','channel':'book','depth':25,'intervalMillis':0,"
                        + "'symbols':{'BTC-USD':1}}"));
        assertThat(calls()).isEqualTo(List.of("withdraw book 1/25 at 0:0 every 3000", "ask book 1/25 at 0:0 every 1"));
        bench.say(BOOK + "}");
        assertThat(calls()).isEmpty();
    }

    @Test
    void shouldKeepTheChannelsOfASymbolApart() {
        bench.say(BOOK + "}");
        bench.say("{'op':'subscribe','channel':'trades','symbols':['BTC-USD']}");
        bench.say("{'op':'subscribe','channel':'candles','interval':'1s','symbols':['BTC-USD']}");
        calls();

        bench.say("{'op':'subscribe','channel':'candles','interval':'1h','symbols':['BTC-USD']}");
        assertThat(calls())
                .isEqualTo(List.of("withdraw candles 1/1 at 0:0 every 1", "ask candles 1/3600 at 0:0 every 1"));
        assertThat(bench.subscriptionsMetered()).isEqualTo(3);
    }

    @Test
    void shouldResumeFromTheVersionTheClientHolds() {
        bench.say("{'op':'subscribe','channel':'book','symbols':['*'],'depth':10,'resume':{'ETH-USD':'7:812'}}");
        assertThat(calls())
                .isEqualTo(List.of(
                        "ask book 1/10 at 0:0 every 1",
                        "ask book 2/10 at 7:812 every 1",
                        "ask book 3/10 at 0:0 every 1"));

        bench.say(BOOK + ",'depth':10,'resume':{'BTC-USD':'7:900'}}");
        assertThat(calls()).isEqualTo(List.of("withdraw book 1/10 at 0:0 every 1", "ask book 1/10 at 7:900 every 1"));
    }

    @Test
    void shouldAskForASnapshotOnResync() {
        bench.say(BOOK + ",'intervalMillis':100,'resume':{'BTC-USD':'7:900'}}");
        calls();

        assertThat(bench.say(
                        "{'op':'resync','id':4,'channel':'book','symbols':['BTC-USD','ETH-USD','XYZ'],'why':'gap'}"))
                .isEqualTo(List.of(
                        "{'op':'error','id':4,'code':'unknown-symbol','reason':'no instrument XYZ; see /v1/instruments',"
                                + "'symbol':'XYZ'}",
                        "{'op':'error','id':4,'code':'bad-request','reason':"
                                + "'no book of this instrument is subscribed; subscribe to it first',"
                                + "'symbol':'ETH-USD'}"));
        assertThat(calls()).isEqualTo(List.of("withdraw book 1/25 at 7:900 every 5", "ask book 1/25 at 0:0 every 5"));
        assertThat(bench.say("{'op':'resync','channel':'book','symbols':['*']}"))
                .isEmpty();
        assertThat(calls()).isEqualTo(List.of("withdraw book 1/25 at 0:0 every 5", "ask book 1/25 at 0:0 every 5"));
    }

    @Test
    void shouldUnsubscribeWhatIsSubscribedAndSayWhichThatWas() {
        bench.say(BOOK + "}");
        calls();

        assertThat(bench.say("{'op':'unsubscribe','id':3,'channel':'book','symbols':['ETH-USD','BTC-USD','XYZ']}"))
                .isEqualTo(List.of(
                        "{'op':'error','id':3,'code':'unknown-symbol','reason':'no instrument XYZ; see /v1/instruments',"
                                + "'symbol':'XYZ'}",
                        "{'op':'unsubscribed','id':3,'channel':'book','symbols':['BTC-USD']}"));
        assertThat(calls()).isEqualTo(List.of("withdraw book 1/25 at 0:0 every 1"));
        assertThat(bench.say("{'op':'unsubscribe','channel':'book','symbols':['*']}"))
                .isEqualTo(List.of("{'op':'unsubscribed','channel':'book','symbols':[]}"));
        assertThat(bench.subscriptionsMetered()).isZero();
    }

    @Test
    void shouldAnswerAPingWithTheTime() {
        assertThat(bench.say("{'op':'ping','id':7}"))
                .isEqualTo(List.of("{'op':'pong','id':7,'time':1795363200000000}"));
    }

    @Test
    void shouldCountTheAgesThatAClientReports() {
        bench.say("{'op':'ping'}");
        bench.say("{'op':'ping','ageMillis':600001}");
        assertThat(bench.say("{'op':'ping','id':7,'ageMillis':35}"))
                .isEqualTo(List.of("{'op':'pong','id':7,'time':1795363200000000}"));

        assertThat(bench.agesMetered()).isEqualTo(35);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'op':'limit','id':5,'bytesPerSecond':999}   | {'op':'error','id':5,'code':'bad-request',",
                "{'op':'auth','id':6,'token':'t'}             | {'op':'error','id':6,'code':'unknown-op',",
                "{'op':'dance','id':8}                        | {'op':'error','id':8,'code':'unknown-op',",
                "not json                                     | {'op':'error','code':'bad-request',"
            })
    void shouldRefuseWhatItCannotDoAndStayOpen(String text, String answer) {
        assertThat(bench.say(text)).singleElement().asString().startsWith(answer);
        assertThat(bench.say("{'op':'ping'}")).isEqualTo(List.of("{'op':'pong','time':1795363200000000}"));
    }

    @Test
    void shouldAskForAllThatFellBehindWhenThereIsRoomAgain() {
        bench.say("{'op':'subscribe','channel':'bbo','symbols':['BTC-USD','X'],'intervalMillis':40}");
        calls();

        bench.session.onWritable(bench.nowNanos());
        assertThat(calls()).isEmpty();
        bench.socket.writable = false;
        assertThat(bench.session.hasRoom(bench.nowNanos())).isFalse();
        assertThat(bench.deliver(new StreamKey(1, View.Single.BBO), "a")).isTrue();
        assertThat(bench.deliver(new StreamKey(3, View.Single.BBO), "b")).isTrue();
        bench.session.onWritable(bench.nowNanos());
        assertThat(calls()).isEmpty();
        bench.socket.writable = true;
        bench.pong();
        assertThat(calls()).containsExactlyInAnyOrder("ask bbo 1/0 at 0:0 every 2", "ask bbo 3/0 at 0:0 every 2");
    }

    @Test
    void shouldLeaveEveryStreamOnceTheConnectionIsGone() {
        bench.say("{'op':'subscribe','channel':'book','symbols':['BTC-USD','X']}");
        calls();

        bench.session.onClosed();
        assertThat(calls())
                .containsExactlyInAnyOrder("withdraw book 1/25 at 0:0 every 1", "withdraw book 3/25 at 0:0 every 1");
        bench.session.onClosed();
        assertThat(calls()).isEmpty();
        assertThat(bench.subscriptionsMetered()).isZero();
    }

    private List<String> calls() {
        return bench.streams.takeAsked();
    }
}
