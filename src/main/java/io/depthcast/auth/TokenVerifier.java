package io.depthcast.auth;

import static org.jose4j.jws.AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256;
import static org.jose4j.jws.AlgorithmIdentifiers.EDDSA;
import static org.jose4j.jws.AlgorithmIdentifiers.HMAC_SHA256;
import static org.jose4j.jws.AlgorithmIdentifiers.RSA_USING_SHA256;

import java.security.Key;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;

/** Says of a token whose it is, or what is wrong with it. Immutable. */
final class TokenVerifier {
    static final int MAX_TOKEN_LENGTH = 4_096;
    private static final int MAX_SUBJECT_LENGTH = 255;
    private static final int MAX_LIFETIME_HOURS = 24;
    private static final String CLAIM = "depthcast";
    private static final String PUBLISH_CLAIM = "publish";

    /** What the library says of claims, the first that applies; all of this is said of tokens with a good signature. */
    private static final Map<Integer, TokenFault> FAULTS = faults();

    private final AuthSettings settings;
    private final KeySet keys;

    TokenVerifier(AuthSettings settings, KeySet keys) {
        this.settings = settings;
        this.keys = keys;
    }

    private static Map<Integer, TokenFault> faults() {
        Map<Integer, TokenFault> faults = new LinkedHashMap<>();
        faults.put(ErrorCodes.SIGNATURE_INVALID, TokenFault.SIGNATURE);
        faults.put(ErrorCodes.EXPIRATION_MISSING, TokenFault.EXPIRED);
        faults.put(ErrorCodes.EXPIRED, TokenFault.EXPIRED);
        faults.put(ErrorCodes.EXPIRATION_TOO_FAR_IN_FUTURE, TokenFault.TOO_LONG_LIVED);
        faults.put(ErrorCodes.NOT_YET_VALID, TokenFault.NOT_YET_VALID);
        faults.put(ErrorCodes.ISSUER_MISSING, TokenFault.ISSUER);
        faults.put(ErrorCodes.ISSUER_INVALID, TokenFault.ISSUER);
        faults.put(ErrorCodes.AUDIENCE_MISSING, TokenFault.AUDIENCE);
        faults.put(ErrorCodes.AUDIENCE_INVALID, TokenFault.AUDIENCE);
        faults.put(ErrorCodes.SUBJECT_MISSING, TokenFault.SUBJECT);
        return faults;
    }

    Verification verify(String token, long wallMicros) {
        if (token.length() > MAX_TOKEN_LENGTH) {
            return TokenFault.TOO_LONG;
        }
        try {
            return identity(consumer(wallMicros).processToClaims(token), wallMicros);
        } catch (InvalidJwtException e) {
            return fault(e);
        } catch (MalformedClaimException | RuntimeException unreadable) {
            // Whatever a stranger's token has the library trip over, it is no token.
            return TokenFault.MALFORMED;
        }
    }

    /** The name of the key that a good token was signed with. */
    static String keyId(String token) {
        try {
            return String.valueOf(
                    JsonWebStructure.fromCompactSerialization(token).getKeyIdHeaderValue());
        } catch (JoseException e) {
            throw new IllegalArgumentException("no good token", e);
        }
    }

    private JwtConsumer consumer(long wallMicros) {
        JwtConsumerBuilder rules = new JwtConsumerBuilder()
                .setJwsAlgorithmConstraints(
                        ConstraintType.PERMIT, RSA_USING_SHA256, ECDSA_USING_P256_CURVE_AND_SHA256, EDDSA, HMAC_SHA256)
                .setVerificationKeyResolver(this::key)
                .setRequireExpirationTime()
                .setMaxFutureValidityInMinutes((int) TimeUnit.HOURS.toMinutes(MAX_LIFETIME_HOURS))
                .setAllowedClockSkewInSeconds(settings.leewaySeconds())
                .setEvaluationTime(NumericDate.fromMilliseconds(TimeUnit.MICROSECONDS.toMillis(wallMicros)))
                .setRequireSubject();
        if (!settings.issuer().equals(AuthSettings.ANY)) {
            rules.setExpectedIssuer(settings.issuer());
        }
        if (settings.audience().equals(AuthSettings.ANY)) {
            rules.setSkipDefaultAudienceValidation();
        } else {
            rules.setExpectedAudience(settings.audience());
        }
        return rules.build();
    }

    /** The key that the token names, if the token's head is one that we take. */
    private Key key(JsonWebSignature token, List<JsonWebStructure> around) throws UnresolvableKeyException {
        if (!around.isEmpty()) {
            throw new Refusal(TokenFault.MALFORMED);
        }
        if (token.getHeaders().getObjectHeaderValue("crit") != null) {
            throw new Refusal(TokenFault.CRITICAL);
        }
        String id = token.getKeyIdHeaderValue();
        KeySet.Entry entry = id == null ? null : keys.find(id);
        if (entry == null) {
            throw new Refusal(TokenFault.UNKNOWN_KEY);
        }
        if (!entry.algorithm().equals(token.getAlgorithmHeaderValue())) {
            throw new Refusal(TokenFault.ALGORITHM);
        }
        return entry.key().getKey();
    }

    /** Carries a fault through the library. */
    private static final class Refusal extends UnresolvableKeyException {
        private final TokenFault fault;

        Refusal(TokenFault fault) {
            super(fault.label());
            this.fault = fault;
        }
    }

    private static TokenFault fault(InvalidJwtException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof Refusal refusal) {
                return refusal.fault;
            }
        }
        for (Map.Entry<Integer, TokenFault> known : FAULTS.entrySet()) {
            if (e.hasErrorCode(known.getKey())) {
                return known.getValue();
            }
        }
        return TokenFault.MALFORMED;
    }

    private static Verification identity(JwtClaims claims, long wallMicros) throws MalformedClaimException {
        String subject = claims.getSubject();
        if (subject.isBlank() || subject.length() > MAX_SUBJECT_LENGTH) {
            return TokenFault.SUBJECT;
        }
        Entitlements entitlements = Entitlements.of(claims.getClaimsMap().getOrDefault(CLAIM, Map.of()));
        PublishRights publishing = PublishRights.of(claims.getClaimsMap().getOrDefault(PUBLISH_CLAIM, List.of()));
        if (entitlements == null || publishing == null) {
            return entitlements == null ? TokenFault.ENTITLEMENTS : TokenFault.PUBLISH;
        }
        long expiresMicros =
                TimeUnit.SECONDS.toMicros(claims.getExpirationTime().getValue());
        return new Identity(subject, expiresMicros, 0, entitlements, publishing).at(wallMicros);
    }
}
