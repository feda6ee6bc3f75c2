package io.depthcast.wire;

import java.util.List;

/** The encodings a client can choose by subprotocol. */
public final class Encodings {
    /** The readable one, and what a client gets that offers no subprotocol. */
    public static final Encoding JSON = new JsonEncoding();

    /** The binary one. */
    public static final Encoding SBE = new SbeEncoding();

    public static final List<Encoding> ALL = List.of(JSON, SBE);

    private Encodings() {}
}
