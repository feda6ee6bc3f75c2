package io.depthcast.http;

import io.depthcast.admission.AdmissionSettings;
import io.depthcast.app.TransportSettings;
import io.depthcast.limit.Networks;
import java.util.Map;

/** A gateway behind a proxy on this machine, which it trusts. */
public final class ProxiedGateway {
    private ProxiedGateway() {}

    /** @param proxyProtocol whether the proxy says first whose a connection is, or else in a header of each request */
    public static RunningGateway start(int eventsPerSecond, boolean proxyProtocol) {
        AdmissionSettings admission = ChangedSettings.changed(
                AdmissionSettings.DEFAULT, Map.of("trustedProxies", Networks.parse("127.0.0.1/32")));
        String transport = System.getProperty("transport", TransportSettings.AUTO);
        return RunningGateway.start(
                eventsPerSecond,
                Map.of("transport", new TransportSettings(transport, proxyProtocol), "admission", admission));
    }
}
