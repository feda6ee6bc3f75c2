package io.depthcast.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.auth.AuthSettings;
import io.depthcast.auth.Authority;
import io.depthcast.auth.Credential;
import io.depthcast.auth.Identity;
import io.depthcast.auth.KeySet;
import io.depthcast.auth.TestIssuer;
import io.depthcast.wire.Encodings;
import io.depthcast.wire.Form;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A session whose client has shown a token, and time that a test moves. */
class SessionTokenTest {
    private static final long NOW_SECONDS = TimeUnit.MICROSECONDS.toSeconds(SessionBench.WALL_MICROS);
    private static final List<String> ALL = List.of("*");
    private static final String ONE_INSTRUMENT = "{'type':'instruments','instruments':[{'id':1,'symbol':'BTC-USD',"
            + "'tickSize':'0.1','lotSize':'0.01','status':'open'}]}";
    private static final List<String> BOOK_AND_BBO = List.of("book", "bbo");

    private TestIssuer issuer;
    private Authority authority;
    private SessionBench bench;

    @BeforeEach
    void makeKeys() throws JoseException {
        issuer = TestIssuer.edwards("a");
        AuthSettings settings = new AuthSettings("keys.json", AuthSettings.ANY, AuthSettings.AUDIENCE, 5);
        authority = new Authority(settings, KeySet.parse(TestIssuer.keySet(issuer)));
    }

    @AfterEach
    void shouldHaveFreedEveryBufferAndCountNoSubscription() {
        bench.close();
    }

    private void connect(String token) {
        Identity client = (Identity) authority.verify(Credential.token(token), SessionBench.WALL_MICROS);
        bench = new SessionBench(Form.of(Encodings.JSON, 0), client, authority);
    }

    /** A good token that ends so many seconds after the start. */
    private String token(long seconds) throws JoseException {
        return issuer.token("ann", NOW_SECONDS + seconds);
    }

    private String token(List<String> symbols, List<String> channels) throws JoseException {
        return issuer.token("ann", NOW_SECONDS + 600, symbols, channels);
    }

    private List<String> authenticate(String token) {
        return bench.say("{'op':'auth','id':6,'token':'" + token + "'}");
    }

    private static String expires(long seconds) {
        return "'expires':" + TimeUnit.SECONDS.toMicros(NOW_SECONDS + seconds) + "}";
    }

    /** Looks at the clock as a gateway loop does, with a client that answers pings; returns notices and closes. */
    private List<String> tick() {
        List<String> sent = bench.tick();
        bench.pong();
        return sent.stream()
                .filter(text -> text.startsWith("{'op':'notice'") || text.startsWith("close"))
                .toList();
    }

    @Test
    void shouldSay60SecondsBeforeThatTheTokenEndsAndClose25SecondsAfter() throws JoseException {
        connect(token(100));
        bench.say("{'op':'subscribe','channel':'bbo','symbols':['X']}");
        bench.pass(39.9);
        assertThat(tick()).isEmpty();
        bench.pass(0.1);
        assertThat(tick()).isEqualTo(List.of("{'op':'notice','code':'token-expiring'," + expires(100)));
        assertThat(tick()).isEmpty();
        bench.pass(25);
        assertThat(tick()).isEmpty();
        bench.pass(25);
        assertThat(tick()).isEmpty();
        bench.pass(34.9);
        assertThat(tick()).isEmpty();
        bench.pass(0.1);
        assertThat(tick()).isEqualTo(List.of("close 4004 token expired; reconnect with a fresh one"));
    }

    @Test
    void shouldGoOnWithAFreshTokenAlsoInTheGrace() throws JoseException {
        connect(token(10));
        bench.say("{'op':'subscribe','channel':'bbo','symbols':['X']}");
        assertThat(tick()).isEqualTo(List.of("{'op':'notice','code':'token-expiring'," + expires(10)));
        bench.pass(30);

        assertThat(authenticate(token(200))).isEqualTo(List.of("{'op':'authenticated','id':6," + expires(200)));
        bench.pass(30);
        assertThat(tick()).isEmpty();
        bench.pass(80);
        assertThat(tick()).isEqualTo(List.of("{'op':'notice','code':'token-expiring'," + expires(200)));
    }

    @Test
    void shouldNotWarnAgainOfATokenThatEndsNoLater() throws JoseException {
        connect(token(10));
        bench.say("{'op':'subscribe','channel':'bbo','symbols':['X']}");
        assertThat(tick()).hasSize(1);
        assertThat(authenticate(token(10))).isEqualTo(List.of("{'op':'authenticated','id':6," + expires(10)));
        assertThat(tick()).isEmpty();
    }

    @Test
    void shouldCloseWhoShowsABadToken() throws JoseException {
        connect(token(600));
        assertThat(authenticate("x.y.z")).isEqualTo(List.of("close 4500 not a signed JSON Web Token (RFC 7519)"));
    }

    @Test
    void shouldCloseWhoShowsATokenThatHasExpired() throws JoseException {
        connect(token(600));
        assertThat(authenticate(token(-60)))
                .isEqualTo(List.of("close 4500 the token has expired, or has no exp; get a fresh one"));
    }

    @Test
    void shouldNotLetAConnectionGoOverToAnotherSubject() throws JoseException {
        connect(token(600));
        assertThat(authenticate(issuer.token("bob", NOW_SECONDS + 600)))
                .isEqualTo(List.of("close 4500 the token is of another subject; connect anew with it"));
    }

    @Test
    void shouldServeWhatTheTokenAllowsAndRefuseTheRestByName() throws JoseException {
        connect(token(List.of("*-USD"), BOOK_AND_BBO));
        assertThat(bench.say("{'op':'subscribe','id':1,'channel':'bbo','symbols':['X','BTC-USD','NONE']}"))
                .isEqualTo(List.of(
                        "{'op':'error','id':1,'code':'unknown-symbol',"
                                + "'reason':'no instrument NONE; see /v1/instruments','symbol':'NONE'}",
                        "{'op':'error','id':1,'code':'not-entitled',"
                                + "'reason':'your token does not allow channel bbo of this instrument','symbol':'X'}",
                        "{'op':'subscribed','id':1,'channel':'bbo','intervalMillis':0,'symbols':{'BTC-USD':1}}"));
    }

    @Test
    void shouldTakeEverySymbolForAllThatTheTokenAllows() throws JoseException {
        connect(token(List.of("*-USD"), BOOK_AND_BBO));
        assertThat(bench.say("{'op':'subscribe','channel':'bbo','symbols':['*']}"))
                .isEqualTo(List.of("{'op':'subscribed','channel':'bbo','intervalMillis':0,"
                        + "'symbols':{'BTC-USD':1,'ETH-USD':2}}"));
        assertThat(bench.say("{'op':'subscribe','channel':'trades','symbols':['*']}"))
                .isEqualTo(List.of("{'op':'error','code':'not-entitled',"
                        + "'reason':'your token does not allow channel trades of any instrument'}"));
    }

    @Test
    void shouldEndTheStreamsThatAFreshTokenNoLongerAllows() throws JoseException {
        connect(token(ALL, BOOK_AND_BBO));
        bench.say("{'op':'subscribe','channel':'bbo','symbols':['*']}");
        bench.say("{'op':'subscribe','channel':'book','symbols':['X','BTC-USD']}");
        bench.streams.takeAsked();

        assertThat(authenticate(token(List.of("BTC-*"), List.of("bbo"))))
                .isEqualTo(List.of(
                        "{'op':'authenticated','id':6," + expires(600),
                        ONE_INSTRUMENT,
                        "{'op':'unsubscribed','channel':'book','symbols':['BTC-USD','X']}",
                        "{'op':'unsubscribed','channel':'bbo','symbols':['ETH-USD','X']}"));
        assertThat(bench.streams.takeAsked()).hasSize(4).allMatch(call -> call.startsWith("withdraw"));
        assertThat(bench.subscriptionsMetered()).isEqualTo(1);
    }

    @Test
    void shouldCloseWhomAFreshTokenLeavesNothing() throws JoseException {
        connect(token(ALL, BOOK_AND_BBO));
        bench.say("{'op':'subscribe','channel':'bbo','symbols':['X']}");
        assertThat(authenticate(token(List.of("BTC-*"), BOOK_AND_BBO)))
                .isEqualTo(List.of(
                        "{'op':'authenticated','id':6," + expires(600),
                        ONE_INSTRUMENT,
                        "{'op':'unsubscribed','channel':'bbo','symbols':['X']}",
                        "close 4501 the fresh token allows nothing of what was subscribed"));
    }

    @Test
    void shouldSayThatNoTokenIsNeededWhereThatIsSo() {
        bench = SessionBench.json();
        assertThat(authenticate("x.y.z"))
                .isEqualTo(List.of(
                        "{'op':'error','id':6,'code':'unknown-op'," + "'reason':'this gateway asks for no token'}"));
    }
}
