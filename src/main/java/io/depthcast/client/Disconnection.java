package io.depthcast.client;

/**
 * How a connection ended, or an attempt to make one.
 *
 * @param code of the gateway's close frame, or of this client's where it ended the connection; 1006 if there was none
 * @param reason for a person to read
 * @param httpStatus with which the handshake was refused, 0 if it was not
 * @param reconnectMillis until the next attempt, -1 if there will be none
 */
public record Disconnection(int code, String reason, int httpStatus, long reconnectMillis) {
    public boolean isFinal() {
        return reconnectMillis < 0;
    }
}
