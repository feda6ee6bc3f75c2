package io.depthcast.client;

import java.io.IOException;

/** Leaves a decoder from any depth; its door turns it into the result. */
final class RefusedException extends IOException {
    private final DecodeResult result;

    RefusedException(DecodeResult result) {
        super(result.name());
        this.result = result;
    }

    DecodeResult result() {
        return result;
    }

    /** Nobody looks at the trace, and frames of strangers should be cheap to refuse. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
