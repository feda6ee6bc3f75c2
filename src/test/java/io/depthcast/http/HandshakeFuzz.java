package io.depthcast.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.depthcast.limit.Address;
import io.depthcast.limit.Networks;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Headers of a stranger's opening handshake: read, or refused, and never more trusted than they may be. */
public final class HandshakeFuzz {
    private static final Address PEER = Objects.requireNonNull(Address.parse("10.0.0.1"));
    private static final Networks PROXIES = Objects.requireNonNull(Networks.parse("10.0.0.0/8"));

    private HandshakeFuzz() {}

    /** Two headers, with a line feed in between. */
    public static void fuzzerTestOneInput(byte[] data) {
        List<String> values = List.of(new String(data, ISO_8859_1).split("\n", -1));
        DeflateOffer offer = DeflateOffer.choose(values);
        if (offer.windowBits() != 0 && (offer.windowBits() < 8 || offer.windowBits() > 15)) {
            throw new AssertionError("a window of " + offer.windowBits() + " bits");
        }
        var unused = AcceptEncoding.isGzip(values);
        forwarded(values);
        String origin = values.get(0);
        if (Origins.SAME.allow(origin, "example.com")
                && !origin.toLowerCase(Locale.ROOT).contains("//example.com")) {
            throw new AssertionError("another origin: " + origin);
        }
    }

    private static void forwarded(List<String> values) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        headers.add("X-Forwarded-For", values);
        Address client = ForwardedAddress.of(PEER, headers, PROXIES);
        MultiMap plain = MultiMap.caseInsensitiveMultiMap().add("Forwarded", values);
        Address other = ForwardedAddress.of(PEER, plain, PROXIES);
        if (client == null || other == null) {
            throw new AssertionError("nobody");
        }
        if (!ForwardedAddress.of(client, headers, Networks.NONE).equals(client)) {
            throw new AssertionError("nobody is trusted, and yet somebody is believed");
        }
    }
}
