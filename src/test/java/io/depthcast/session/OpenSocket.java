package io.depthcast.session;

import io.depthcast.limit.Address;

/** A socket in which nothing ever waits, and which no gateway is to end. */
public abstract class OpenSocket implements ClientSocket {
    @Override
    public long writtenBytes() {
        return 0;
    }

    @Override
    public long takenBytes() {
        return writtenBytes();
    }

    @Override
    public boolean hasPending() {
        return false;
    }

    @Override
    public int pendingBytes() {
        return 0;
    }

    @Override
    public void flush() {}

    @Override
    public void close(CloseReason reason) {
        throw new AssertionError("closed: " + reason.text());
    }

    @Override
    public void abort(CloseReason reason) {
        throw new AssertionError("aborted: " + reason.text());
    }

    @Override
    public Address address() {
        return new Address(false, 0, 0x7F000001);
    }
}
