package io.depthcast.http;

/** @param origins whose pages may open a WebSocket */
public record PageSettings(Origins origins) {
    public static final PageSettings DEFAULT = new PageSettings(Origins.SAME);
}
