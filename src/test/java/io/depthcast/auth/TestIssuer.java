package io.depthcast.auth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.OctJwkGenerator;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** Somebody who signs tokens, with a key made for the test. */
public final class TestIssuer {
    private final JsonWebKey key;
    private final String algorithm;

    private TestIssuer(String id, String algorithm, JsonWebKey key) {
        this.key = key;
        this.algorithm = algorithm;
        key.setKeyId(id);
    }

    public static TestIssuer rsa(String id) throws JoseException {
        return new TestIssuer(id, "RS256", RsaJwkGenerator.generateJwk(2_048));
    }

    /** With the elliptic curve P-256. */
    public static TestIssuer curve(String id) throws JoseException {
        return new TestIssuer(id, "ES256", EcJwkGenerator.generateJwk(EllipticCurves.P256));
    }

    /** With Ed25519. */
    public static TestIssuer edwards(String id) throws JoseException {
        return new TestIssuer(id, "EdDSA", OkpJwkGenerator.generateJwk("Ed25519"));
    }

    public static TestIssuer secret(String id) {
        return new TestIssuer(id, "HS256", OctJwkGenerator.generateJwk(256));
    }

    String algorithm() {
        return algorithm;
    }

    /** The key as a gateway has it. */
    String jwk() {
        return key.toJson(
                key instanceof PublicJsonWebKey
                        ? OutputControlLevel.PUBLIC_ONLY
                        : OutputControlLevel.INCLUDE_SYMMETRIC);
    }

    /** With the private part. */
    String privateJwk() {
        return key.toJson(OutputControlLevel.INCLUDE_PRIVATE);
    }

    byte[] publicBytes() {
        return ((PublicJsonWebKey) key).getPublicKey().getEncoded();
    }

    public static String keySet(TestIssuer... issuers) {
        return "{\"keys\":["
                + String.join(",", Arrays.stream(issuers).map(TestIssuer::jwk).toList()) + "]}";
    }

    /** What a gateway is to be told that asks for the tokens of these. */
    public static AuthSettings settings(Path file, int leewaySeconds, TestIssuer... issuers) throws IOException {
        Files.writeString(file, keySet(issuers));
        return new AuthSettings(file.toString(), AuthSettings.ANY, AuthSettings.AUDIENCE, leewaySeconds);
    }

    /** Claims that are good. */
    public static Map<String, Object> claims(String subject, long expiresSeconds) {
        return new HashMap<>(Map.of("sub", subject, "aud", AuthSettings.AUDIENCE, "exp", expiresSeconds));
    }

    /** A good token. */
    public String token(String subject, long expiresSeconds) throws JoseException {
        return sign(claims(subject, expiresSeconds));
    }

    /** A good token that allows only some. */
    public String token(String subject, long expiresSeconds, List<String> symbols, List<String> channels)
            throws JoseException {
        Map<String, Object> claims = claims(subject, expiresSeconds);
        claims.put("depthcast", Map.of("symbols", symbols, "channels", channels));
        return sign(claims);
    }

    public String sign(Map<String, Object> claims) throws JoseException {
        return sign(JsonUtil.toJson(claims), Map.of());
    }

    /** @param headers beside or in place of alg and kid */
    String sign(String payload, Map<String, Object> headers) throws JoseException {
        JsonWebSignature token = new JsonWebSignature();
        token.setPayload(payload);
        token.setAlgorithmHeaderValue(algorithm);
        token.setKeyIdHeaderValue(key.getKeyId());
        headers.forEach((name, value) -> token.getHeaders().setObjectHeaderValue(name, value));
        token.setKey(key instanceof PublicJsonWebKey pair ? pair.getPrivateKey() : key.getKey());
        return token.getCompactSerialization();
    }
}
