package io.depthcast.metrics;

import io.micrometer.core.instrument.MeterRegistry;

/** The meters of tokens and tickets. */
final class TokenMeters {
    /** What may be wrong with a token, or with a ticket. */
    private static final String[] FAULTS = {
        "missing",
        "several",
        "too-long",
        "malformed",
        "critical",
        "unknown-key",
        "algorithm",
        "signature",
        "expired",
        "too-long-lived",
        "not-yet-valid",
        "issuer",
        "audience",
        "subject",
        "entitlements",
        "publish",
        "ticket"
    };

    private final LabelledCounter refused;

    TokenMeters(MeterRegistry registry) {
        refused = new LabelledCounter(
                registry,
                "depthcast.tokens.refused",
                "Requests and commands whose token or ticket was refused, by what was wrong with it.",
                "reason",
                FAULTS);
    }

    void refused(String reason) {
        refused.increment(reason);
    }
}
