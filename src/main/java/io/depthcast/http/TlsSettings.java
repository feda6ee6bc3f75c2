package io.depthcast.http;

/**
 * The files with which the public port speaks TLS.
 *
 * @param certificate path of the chain in PEM, the server's own certificate first, or {@value #NONE}
 * @param privateKey path of its key in PEM, or {@value #NONE}
 */
public record TlsSettings(String certificate, String privateKey) {
    /** No TLS: a proxy in front ends it, or there is none. */
    public static final String NONE = "none";

    public static final TlsSettings OFF = new TlsSettings(NONE, NONE);

    public boolean isOn() {
        return !certificate.equals(NONE) && !privateKey.equals(NONE);
    }
}
