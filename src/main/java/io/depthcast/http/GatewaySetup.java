package io.depthcast.http;

import io.depthcast.admission.AdmissionSettings;
import io.depthcast.auth.AuthSettings;
import io.depthcast.fanout.FanoutSettings;
import io.depthcast.fanout.WorkMeter;
import io.depthcast.limit.Masking;
import io.depthcast.metrics.Meters;
import io.depthcast.session.LimitSettings;
import io.depthcast.session.PaceSettings;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * What all gateway loops of a process have in common.
 *
 * @param certifiedKey for TLS; null is none
 */
public record GatewaySetup(
        String server,
        HttpSettings http,
        FanoutSettings fanout,
        LimitSettings limits,
        PaceSettings pace,
        AdmissionSettings admission,
        PageSettings pages,
        BinanceAccess binance,
        AuthSettings auth,
        DrainSettings drain,
        Clock clock,
        Meters meters,
        WorkMeter work,
        Turnstile turnstile,
        Refusals refusals,
        Masking masking,
        @Nullable CertifiedKey certifiedKey) {}
