package io.depthcast.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jose4j.json.JsonUtil;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenVerifierTest {
    private static final long NOW = 1_795_363_200L;
    private static final long NOW_MICROS = TimeUnit.SECONDS.toMicros(NOW);
    private static final long HOUR = 3_600;
    private static final AuthSettings SETTINGS = new AuthSettings("keys.json", "https://id.example", "depthcast", 5);

    private static TestIssuer rsa;
    private static TestIssuer curve;
    private static TestIssuer edwards;
    private static TestIssuer secret;
    private static TokenVerifier verifier;

    @BeforeAll
    static void makeKeys() throws JoseException {
        rsa = TestIssuer.rsa("rsa");
        curve = TestIssuer.curve("curve");
        edwards = TestIssuer.edwards("edwards");
        secret = TestIssuer.secret("secret");
        verifier = new TokenVerifier(SETTINGS, KeySet.parse(TestIssuer.keySet(rsa, curve, edwards, secret)));
    }

    private static Map<String, Object> good() {
        Map<String, Object> claims = TestIssuer.claims("ann", NOW + HOUR);
        claims.put("iss", "https://id.example");
        return claims;
    }

    private static Verification verify(String token) {
        return verifier.verify(token, NOW_MICROS);
    }

    private static Verification verifyWith(String claim, Object value) throws JoseException {
        Map<String, Object> claims = good();
        claims.put(claim, value);
        return verify(edwards.sign(claims));
    }

    private static Verification verifyWithout(String claim) throws JoseException {
        Map<String, Object> claims = good();
        claims.remove(claim);
        return verify(edwards.sign(claims));
    }

    @Test
    void shouldKnowTheClientOfATokenThatAnyKeyOfTheSetHasSigned() throws JoseException {
        for (TestIssuer issuer : List.of(rsa, curve, edwards, secret)) {
            assertThat(verify(issuer.sign(good())))
                    .as(issuer.algorithm())
                    .isEqualTo(new Identity(
                            "ann",
                            TimeUnit.SECONDS.toMicros(NOW + HOUR),
                            TimeUnit.SECONDS.toMillis(HOUR),
                            Entitlements.EVERYTHING));
        }
    }

    @Test
    void shouldRefuseASignatureOfAnotherKeyOfTheSameName() throws JoseException {
        for (TestIssuer stranger : List.of(
                TestIssuer.rsa("rsa"),
                TestIssuer.curve("curve"),
                TestIssuer.edwards("edwards"),
                TestIssuer.secret("secret"))) {
            assertThat(verify(stranger.sign(good()))).as(stranger.algorithm()).isEqualTo(TokenFault.SIGNATURE);
        }
    }

    @Test
    void shouldRefuseATokenChangedAtAnyCharacter() throws JoseException {
        String token = edwards.sign(good());
        List<Verification> accepted = new ArrayList<>();
        // The last one carries two bits that belong to no byte.
        for (int i = 0; i < token.length() - 1; i++) {
            char other = token.charAt(i) == 'A' ? 'B' : 'A';
            Verification found = verify(token.substring(0, i) + other + token.substring(i + 1));
            if (found instanceof Identity) {
                accepted.add(found);
            }
        }
        assertThat(accepted).isEmpty();
    }

    @Test
    void shouldRefuseWhatIsNoSignedToken() {
        String payload = base64(JsonUtil.toJson(good()));
        for (String text : List.of("", ".", "..", "a.b", "a.b.c", "a.b.c.d.e", "{}", payload, "é.é.é", "null")) {
            assertThat(verify(text)).as(text).isEqualTo(TokenFault.MALFORMED);
        }
    }

    @Test
    void shouldRefuseATokenWithoutSignatureWhateverItSays() {
        String payload = base64(JsonUtil.toJson(good()));
        for (String algorithm : List.of("none", "None", "NONE", "EdDSA", "HS256")) {
            String head = base64("{\"alg\":\"" + algorithm + "\",\"kid\":\"edwards\"}");
            assertThat(verify(head + "." + payload + ".")).as(algorithm).isInstanceOf(TokenFault.class);
        }
        assertThat(verify(base64("{\"alg\":\"none\"}") + "." + payload + ".")).isEqualTo(TokenFault.UNKNOWN_KEY);
    }

    @Test
    void shouldNotTakeAPublicKeyForASecret() throws JoseException {
        JsonWebSignature forged = new JsonWebSignature();
        forged.setPayload(JsonUtil.toJson(good()));
        forged.setAlgorithmHeaderValue("HS256");
        forged.setKeyIdHeaderValue("rsa");
        forged.setKey(new HmacKey(rsa.publicBytes()));
        assertThat(verify(forged.getCompactSerialization())).isEqualTo(TokenFault.ALGORITHM);
    }

    @Test
    void shouldRefuseAnotherAlgorithmThanTheKeyIsFor() throws JoseException {
        String payload = JsonUtil.toJson(good());
        assertThat(verify(rsa.sign(payload, Map.of("alg", "RS512")))).isEqualTo(TokenFault.ALGORITHM);
        assertThat(verify(rsa.sign(payload, Map.of("alg", "PS256")))).isEqualTo(TokenFault.ALGORITHM);
    }

    @Test
    void shouldRefuseAKeyThatItDoesNotKnowAndATokenThatNamesNone() throws JoseException {
        assertThat(verify(TestIssuer.edwards("other").sign(good()))).isEqualTo(TokenFault.UNKNOWN_KEY);
        String head = base64("{\"alg\":\"EdDSA\"}");
        assertThat(verify(head + "." + base64("{}") + "." + base64("x"))).isEqualTo(TokenFault.UNKNOWN_KEY);
    }

    @Test
    void shouldRefuseExtensionsThatWouldHaveToBeUnderstood() throws JoseException {
        String payload = JsonUtil.toJson(good());
        Map<String, Object> headers = new HashMap<>(Map.of("crit", List.of("b64"), "b64", true));
        assertThat(verify(edwards.sign(payload, headers))).isEqualTo(TokenFault.CRITICAL);
    }

    @Test
    void shouldRefuseATokenInAToken() throws JoseException {
        assertThat(verify(edwards.sign(edwards.sign(good()), Map.of("cty", "JWT"))))
                .isEqualTo(TokenFault.MALFORMED);
    }

    @Test
    void shouldRefuseATokenOfMoreThan4096Characters() throws JoseException {
        Map<String, Object> claims = good();
        claims.put("padding", "x".repeat(4_096));
        assertThat(verify(edwards.sign(claims))).isEqualTo(TokenFault.TOO_LONG);
    }

    @Test
    void shouldHoldATokenToItsTimesWithFiveSecondsOfLeeway() throws JoseException {
        assertThat(verifyWithout("exp")).isEqualTo(TokenFault.EXPIRED);
        assertThat(verifyWith("exp", NOW - 5)).isEqualTo(TokenFault.EXPIRED);
        assertThat(verifyWith("exp", NOW - 4))
                .isInstanceOfSatisfying(
                        Identity.class, late -> assertThat(late.validMillis()).isEqualTo(-4_000));
        assertThat(verifyWith("exp", NOW + 24 * HOUR)).isInstanceOf(Identity.class);
        assertThat(verifyWith("exp", NOW + 25 * HOUR)).isEqualTo(TokenFault.TOO_LONG_LIVED);
        assertThat(verifyWith("nbf", NOW + 5)).isInstanceOf(Identity.class);
        assertThat(verifyWith("nbf", NOW + 6)).isEqualTo(TokenFault.NOT_YET_VALID);
    }

    @Test
    void shouldRefuseAbsurdTimes() throws JoseException {
        for (Object absurd : Arrays.<Object>asList(
                1e30, -1e30, 1e308, Long.MAX_VALUE, Long.MIN_VALUE, "1795366800", true, List.of(NOW + HOUR), null)) {
            assertThat(verifyWith("exp", absurd)).as("exp %s", absurd).isInstanceOf(TokenFault.class);
        }
        for (Object absurd : List.of(1e30, Long.MAX_VALUE, "0", true)) {
            assertThat(verifyWith("nbf", absurd)).as("nbf %s", absurd).isInstanceOf(TokenFault.class);
        }
        String payload = JsonUtil.toJson(good()).replaceFirst("\"exp\":[0-9]+", "\"exp\":" + "9".repeat(40));
        assertThat(verify(edwards.sign(payload, Map.of()))).isInstanceOf(TokenFault.class);
    }

    @Test
    void shouldRefuseAClaimThatIsGivenTwice() throws JoseException {
        String payload = JsonUtil.toJson(good()).replaceFirst("\\{", "{\"sub\":\"bob\",");
        assertThat(verify(edwards.sign(payload, Map.of()))).isEqualTo(TokenFault.MALFORMED);
    }

    @Test
    void shouldRefuseAnotherIssuerAndAnotherAudience() throws JoseException {
        assertThat(verifyWithout("iss")).isEqualTo(TokenFault.ISSUER);
        assertThat(verifyWith("iss", "https://evil.example")).isEqualTo(TokenFault.ISSUER);
        assertThat(verifyWithout("aud")).isEqualTo(TokenFault.AUDIENCE);
        assertThat(verifyWith("aud", "payroll")).isEqualTo(TokenFault.AUDIENCE);
        assertThat(verifyWith("aud", List.of("payroll", "depthcast"))).isInstanceOf(Identity.class);
    }

    @Test
    void shouldTakeAnyIssuerAndAudienceWhereTheOperatorSaysSo() throws JoseException {
        TokenVerifier lax = new TokenVerifier(
                new AuthSettings("keys.json", AuthSettings.ANY, AuthSettings.ANY, 5),
                KeySet.parse(TestIssuer.keySet(edwards)));
        assertThat(lax.verify(edwards.sign(Map.of("sub", "ann", "exp", NOW + HOUR, "aud", "payroll")), NOW_MICROS))
                .isInstanceOf(Identity.class);
        assertThat(lax.verify(edwards.sign(Map.of("sub", "ann", "exp", NOW + HOUR)), NOW_MICROS))
                .isInstanceOf(Identity.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void shouldRefuseATokenOfNobody(String subject) throws JoseException {
        assertThat(verifyWithout("sub")).isEqualTo(TokenFault.SUBJECT);
        assertThat(verifyWith("sub", subject)).isEqualTo(TokenFault.SUBJECT);
        assertThat(verifyWith("sub", "x".repeat(256))).isEqualTo(TokenFault.SUBJECT);
        assertThat(verifyWith("sub", 7)).isEqualTo(TokenFault.MALFORMED);
    }

    @Test
    void shouldReadWhatTheClientMaySee() throws JoseException {
        assertThat(verifyWith("depthcast", Map.of("symbols", List.of("BTC-*"), "channels", List.of("bbo"))))
                .isInstanceOfSatisfying(Identity.class, client -> assertThat(client.entitlements())
                        .isEqualTo(new Entitlements(List.of("BTC-*"), List.of("bbo"))));
    }

    @Test
    void shouldRefuseEntitlementsThatItDoesNotUnderstand() throws JoseException {
        for (Object wrong : Arrays.<Object>asList(
                null,
                "all",
                List.of(),
                Map.of("symbol", List.of("BTC-USD")),
                Map.of("symbols", "BTC-USD"),
                Map.of("symbols", List.of(1)),
                Map.of("symbols", List.of("*-*")),
                Map.of("channels", Map.of()))) {
            assertThat(verifyWith("depthcast", wrong)).as("%s", wrong).isEqualTo(TokenFault.ENTITLEMENTS);
        }
    }

    @Test
    void shouldSayNothingOfATokenWherever() throws JoseException {
        String token = edwards.sign(good());
        assertThat(Credential.token(token).toString() + verify(token) + verify(token + "x"))
                .doesNotContain(token.substring(token.lastIndexOf('.')));
        for (TokenFault fault : TokenFault.values()) {
            assertThat(fault.reason().getBytes(UTF_8)).hasSizeLessThanOrEqualTo(123);
        }
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }
}
