package io.depthcast.auth;

import java.util.Locale;

/** Why a credential is not accepted. What a client is told says what to do and repeats nothing of the token. */
public enum TokenFault implements Verification {
    MISSING("this gateway asks for a token: Authorization: Bearer, or see /docs/"),
    SEVERAL("show one credential: a header, a subprotocol entry or a ticket"),
    TOO_LONG("a token has at most 4096 characters"),
    MALFORMED("not a signed JSON Web Token (RFC 7519)"),
    CRITICAL("the token's crit asks for an extension; none is known here"),
    UNKNOWN_KEY("the token's kid names no key of this gateway"),
    ALGORITHM("the token's alg is not the one of its key"),
    SIGNATURE("the token's signature is wrong"),
    EXPIRED("the token has expired, or has no exp; get a fresh one"),
    TOO_LONG_LIVED("the token's exp is more than 24 h away"),
    NOT_YET_VALID("the token's nbf is in the future"),
    ISSUER("the token's iss is not the one expected here"),
    AUDIENCE("the token's aud is not this gateway"),
    SUBJECT("the token's sub is missing, or not of 1 to 255 characters"),
    ENTITLEMENTS("the token's claim depthcast: expected symbols and channels, each an array of texts"),
    PUBLISH("the token's claim publish: expected an array of symbols, or of patterns with one * each"),
    TICKET("no such ticket: it is used up, older than 30 s, or of another gateway");

    private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');
    private final String reason;

    TokenFault(String reason) {
        this.reason = reason;
    }

    /** As metrics name it: {@code unknown-key}. */
    public String label() {
        return label;
    }

    /** For people; fits a close frame. */
    public String reason() {
        return reason;
    }
}
