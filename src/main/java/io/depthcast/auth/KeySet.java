package io.depthcast.auth;

import java.security.Key;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwa.AlgorithmFactoryFactory;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.OctetKeyPairJsonWebKey;
import org.jose4j.jwk.OctetSequenceJsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** The keys with which tokens may be signed, by their names: a JSON Web Key Set (RFC 7517). Immutable. */
public final class KeySet {
    private static final int MIN_RSA_BITS = 2_048;
    private static final int MIN_SECRET_BYTES = 32;

    /** A key and the one algorithm that it is good for. */
    record Entry(JsonWebKey key, String algorithm) {
        @Override
        public String toString() {
            return algorithm;
        }
    }

    private final Map<String, Entry> byId = new LinkedHashMap<>();

    private final String json;

    private KeySet(String json) {
        this.json = json;
    }

    /** @throws BadKeySetException if it is not a key set of which every key is good for what we verify */
    public static KeySet parse(String json) {
        // Finds out what this Java can do, which takes a while that no client shall wait for.
        AlgorithmFactoryFactory.getInstance();
        KeySet set = new KeySet(json);
        List<?> keys = keys(json);
        for (int i = 0; i < keys.size(); i++) {
            set.add(keys.get(i), "keys[" + i + "]");
        }
        return set;
    }

    private static List<?> keys(String json) {
        try {
            if (JsonUtil.parseJson(json).get("keys") instanceof List<?> keys && !keys.isEmpty()) {
                return keys;
            }
            throw new BadKeySetException("keys: expected an array of at least one key");
        } catch (JoseException e) {
            throw new BadKeySetException("expected a JSON Web Key Set, {\"keys\":[...]}, got no JSON object");
        }
    }

    private void add(@Nullable Object element, String where) {
        if (!(element instanceof Map<?, ?> members) || !(members.get("kid") instanceof String id) || id.isEmpty()) {
            throw new BadKeySetException(where + ": expected an object with a kid, the name that tokens call it by");
        }
        JsonWebKey key = key(members, where);
        if (key instanceof PublicJsonWebKey pair && pair.getPrivateKey() != null) {
            throw new BadKeySetException(
                    where + ": expected a public key, got a private one; leave that with the issuer");
        }
        String algorithm = algorithm(key, where);
        if (key.getAlgorithm() != null && !key.getAlgorithm().equals(algorithm)) {
            throw new BadKeySetException(where + ".alg: expected " + algorithm + " for this key");
        }
        if (key.getUse() != null && !key.getUse().equals("sig")) {
            throw new BadKeySetException(where + ".use: expected sig");
        }
        if (byId.put(id, new Entry(key, algorithm)) != null) {
            throw new BadKeySetException(where + ".kid: another key has it; expected a name of its own");
        }
    }

    private static JsonWebKey key(Map<?, ?> members, String where) {
        Map<String, Object> named = new LinkedHashMap<>();
        members.forEach((name, value) -> named.put(String.valueOf(name), value));
        try {
            return JsonWebKey.Factory.newJwk(named);
        } catch (JoseException | IllegalArgumentException e) {
            throw new BadKeySetException(where + ": expected a whole key of kty RSA, EC, OKP or oct");
        }
    }

    private static String algorithm(JsonWebKey key, String where) {
        if (key instanceof RsaJsonWebKey rsa
                && rsa.getRsaPublicKey().getModulus().bitLength() >= MIN_RSA_BITS) {
            return AlgorithmIdentifiers.RSA_USING_SHA256;
        }
        if (key instanceof EllipticCurveJsonWebKey curve && curve.getCurveName().equals("P-256")) {
            return AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256;
        }
        if (key instanceof OctetKeyPairJsonWebKey pair && pair.getSubtype().equals("Ed25519")) {
            return AlgorithmIdentifiers.EDDSA;
        }
        if (key instanceof OctetSequenceJsonWebKey secret && secret.getOctetSequence().length >= MIN_SECRET_BYTES) {
            return AlgorithmIdentifiers.HMAC_SHA256;
        }
        throw new BadKeySetException(
                where + ": expected RSA of 2048 bits or more, EC P-256, OKP Ed25519, or oct of 32 bytes or more");
    }

    @Nullable
    Entry find(String id) {
        return byId.get(id);
    }

    /** Whether a key of that name is here, and is this one. */
    boolean has(String id, Key key) {
        return key.equals(key(id));
    }

    @Nullable
    Key key(String id) {
        Entry entry = byId.get(id);
        return entry == null ? null : entry.key().getKey();
    }

    /** Whether it is the same text. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KeySet set && set.json.equals(json);
    }

    @Override
    public int hashCode() {
        return json.hashCode();
    }

    /** The names of the keys, which are no secret. */
    public Set<String> ids() {
        return Set.copyOf(byId.keySet());
    }
}
