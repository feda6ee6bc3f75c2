package io.depthcast.auth;

/** A key set cannot be used; the message says where and what was expected, and has nothing of a key in it. */
public final class BadKeySetException extends RuntimeException {
    BadKeySetException(String message) {
        super(message);
    }
}
