package io.depthcast.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;

class KeySetTest {
    private static void assertRefused(String json, String complaint) {
        assertThatThrownBy(() -> KeySet.parse(json))
                .isInstanceOf(BadKeySetException.class)
                .hasMessageContaining(complaint);
    }

    private static String set(String key) {
        return "{\"keys\":[" + key + "]}";
    }

    private static String named(JsonWebKey key) {
        key.setKeyId("k");
        return set(key.toJson());
    }

    @Test
    void shouldNameItsKeysAndShowNoneOfThem() throws JoseException {
        TestIssuer secret = TestIssuer.secret("b");
        KeySet keys = KeySet.parse(TestIssuer.keySet(TestIssuer.edwards("a"), secret));
        assertThat(keys.ids()).containsExactlyInAnyOrder("a", "b");
        assertThat(keys.find("b")).hasToString("HS256");
        assertThat(keys).isNotEqualTo(KeySet.parse(TestIssuer.keySet(secret)));
    }

    @Test
    void shouldSayWhatIsWrongAndWhere() throws JoseException {
        assertRefused("", "expected a JSON Web Key Set");
        assertRefused("[]", "expected a JSON Web Key Set");
        assertRefused("{}", "keys: expected an array of at least one key");
        assertRefused("{\"keys\":[]}", "keys: expected an array of at least one key");
        assertRefused(set("7"), "keys[0]: expected an object with a kid");
        assertRefused(set("{\"kty\":\"oct\",\"k\":\"AAAA\"}"), "keys[0]: expected an object with a kid");
        assertRefused(set("{\"kty\":\"what\",\"kid\":\"k\"}"), "keys[0]: expected a whole key");
        assertRefused(set("{\"kty\":\"RSA\",\"kid\":\"k\"}"), "keys[0]: expected a whole key");
        TestIssuer twice = TestIssuer.edwards("a");
        assertRefused(TestIssuer.keySet(twice, twice), "keys[1].kid: another key has it");
    }

    @Test
    void shouldRefuseKeysThatAreTooWeakOrOfNoUse() throws JoseException {
        String useful = "expected RSA of 2048 bits or more, EC P-256, OKP Ed25519, or oct of 32 bytes or more";
        assertRefused(set("{\"kty\":\"oct\",\"kid\":\"k\",\"k\":\"AAAA\"}"), useful);
        assertRefused(named(RsaJwkGenerator.generateJwk(1_024)), useful);
        assertRefused(named(EcJwkGenerator.generateJwk(EllipticCurves.P384)), useful);
        String key = TestIssuer.edwards("a").jwk();
        assertRefused(set(key.replaceFirst("\\{", "{\"alg\":\"RS256\",")), "keys[0].alg: expected EdDSA");
        assertRefused(set(key.replaceFirst("\\{", "{\"use\":\"enc\",")), "keys[0].use: expected sig");
    }

    @Test
    void shouldRefusePrivateKeysForTheyBelongToTheIssuer() throws JoseException {
        for (TestIssuer issuer :
                new TestIssuer[] {TestIssuer.rsa("a"), TestIssuer.curve("a"), TestIssuer.edwards("a")}) {
            assertRefused(set(issuer.privateJwk()), "keys[0]: expected a public key, got a private one");
        }
    }
}
