package io.depthcast.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuthorityTest {
    private static final long NOW = 1_795_363_200_000_000L;
    private static final long SECOND = TimeUnit.SECONDS.toMicros(1);
    private static final AuthSettings SETTINGS = new AuthSettings("keys.json", AuthSettings.ANY, "depthcast", 5);

    private TestIssuer issuer;
    private Authority authority;
    private Identity ann;

    @BeforeEach
    void start() throws JoseException {
        issuer = TestIssuer.edwards("a");
        authority = new Authority(SETTINGS, KeySet.parse(TestIssuer.keySet(issuer)));
        ann = (Identity) authority.verify(Credential.token(token(issuer)), NOW);
    }

    private static String token(TestIssuer issuer) throws JoseException {
        return issuer.token("ann", NOW / SECOND + 60);
    }

    @Test
    void shouldTakeEverybodyForAnyoneWithoutKeys() {
        Authority off = new Authority(AuthSettings.OFF, null);
        assertThat(off.verify(Credential.NONE, NOW)).isEqualTo(Identity.ANYONE);
        assertThat(off.verify(Credential.token("x"), NOW)).isEqualTo(Identity.ANYONE);
    }

    @Test
    void shouldAskForOneCredential() {
        assertThat(authority.verify(Credential.NONE, NOW)).isEqualTo(TokenFault.MISSING);
        assertThat(authority.verify(Credential.SEVERAL, NOW)).isEqualTo(TokenFault.SEVERAL);
    }

    @Test
    void shouldTakeATicketOnceAndWithin30Seconds() throws JoseException {
        Credential ticket = Credential.ticket(authority.issue(ann, token(issuer), NOW));
        Credential late = Credential.ticket(authority.issue(ann, token(issuer), NOW));

        assertThat(authority.verify(ticket, NOW + 29 * SECOND))
                .isEqualTo(new Identity("ann", ann.expiresMicros(), 31_000, ann.entitlements()));
        assertThat(authority.verify(ticket, NOW + 29 * SECOND)).isEqualTo(TokenFault.TICKET);
        assertThat(authority.verify(late, NOW + 30 * SECOND)).isEqualTo(TokenFault.TICKET);
        assertThat(authority.verify(Credential.ticket("guess"), NOW)).isEqualTo(TokenFault.TICKET);
    }

    @Test
    void shouldGiveASubjectSoManyTicketsAtOnceAndNewOnesWhenTheOldAreUsedOrOver() throws JoseException {
        Set<String> tickets = new HashSet<>();
        for (int i = 0; i < Authority.MAX_TICKETS; i++) {
            tickets.add(authority.issue(ann, token(issuer), NOW));
        }
        assertThat(tickets).hasSize(Authority.MAX_TICKETS).doesNotContainNull();
        assertThat(authority.issue(ann, token(issuer), NOW)).isNull();
        assertThat(authority.issue(new Identity("bob", NOW, 0, Entitlements.EVERYTHING), token(issuer), NOW))
                .isNotNull();

        authority.verify(Credential.ticket(tickets.iterator().next()), NOW);
        assertThat(authority.issue(ann, token(issuer), NOW)).isNotNull();
        assertThat(authority.issue(ann, token(issuer), NOW)).isNull();
        assertThat(authority.issue(ann, token(issuer), NOW + 30 * SECOND)).isNotNull();
    }

    @Test
    void shouldTakeTokensOfTheNewKeysAndNoneOfTheOldOnesAfterTheirChange() throws JoseException {
        TestIssuer next = TestIssuer.curve("b");
        authority.keys(KeySet.parse(TestIssuer.keySet(issuer, next)));
        assertThat(authority.verify(Credential.token(token(issuer)), NOW)).isInstanceOf(Identity.class);
        assertThat(authority.verify(Credential.token(token(next)), NOW)).isInstanceOf(Identity.class);

        authority.keys(KeySet.parse(TestIssuer.keySet(next)));
        assertThat(authority.verify(Credential.token(token(issuer)), NOW)).isEqualTo(TokenFault.UNKNOWN_KEY);
        assertThat(authority.verify(Credential.token(token(next)), NOW)).isInstanceOf(Identity.class);
    }

    @Test
    void shouldTakeNoTicketOfAKeyThatIsGoneOrReplacedUnderItsName() throws JoseException {
        TestIssuer other = TestIssuer.curve("b");
        authority.keys(KeySet.parse(TestIssuer.keySet(issuer, other)));
        Credential kept = Credential.ticket(authority.issue(ann, token(other), NOW));
        Credential gone = Credential.ticket(authority.issue(ann, token(issuer), NOW));

        authority.keys(KeySet.parse(TestIssuer.keySet(other)));
        assertThat(authority.verify(gone, NOW)).isEqualTo(TokenFault.TICKET);
        assertThat(authority.look(kept, NOW)).isInstanceOf(Identity.class);

        authority.keys(KeySet.parse(TestIssuer.keySet(TestIssuer.curve("b"))));
        assertThat(authority.verify(kept, NOW)).isEqualTo(TokenFault.TICKET);
    }

    @Test
    void shouldLeaveATicketGoodThatWasOnlyLookedAt() throws JoseException {
        Credential ticket = Credential.ticket(authority.issue(ann, token(issuer), NOW));

        assertThat(authority.look(ticket, NOW)).isInstanceOf(Identity.class);
        assertThat(authority.look(ticket, NOW + 30 * SECOND)).isEqualTo(TokenFault.TICKET);
        assertThat(authority.look(Credential.ticket("guess"), NOW)).isEqualTo(TokenFault.TICKET);
        assertThat(authority.verify(ticket, NOW)).isInstanceOf(Identity.class);
        assertThat(authority.look(ticket, NOW)).isEqualTo(TokenFault.TICKET);
    }
}
