package io.depthcast.http;

/** What became of reading a certificate and its key. */
public sealed interface CertifiedKeyReading permits CertifiedKey, CertifiedKeyReading.Wrong {
    /**
     * They cannot be served.
     *
     * @param key name of the configuration key whose file is to blame
     * @param expectation what should be there
     * @param found what is there instead
     */
    record Wrong(String key, String expectation, String found) implements CertifiedKeyReading {
        public static final String CERTIFICATE = "http.certificate";
        public static final String PRIVATE_KEY = "http.privateKey";

        @Override
        public String toString() {
            return key + ": expected " + expectation + ", got " + found;
        }
    }
}
