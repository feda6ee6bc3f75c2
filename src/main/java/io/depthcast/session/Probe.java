package io.depthcast.session;

import io.netty.buffer.ByteBuf;

/** What follows data and shows when the client has taken all before it. One client, or all of a gateway loop. */
interface Probe {
    /** Sends what has been written, and a probe of that time behind it; returns how many bytes that added. */
    int send(ClientSocket socket, long probeNanos);

    /** Sends a message and a probe behind it, in one packet most of the time; returns how many bytes that added. */
    int sendBehind(ByteBuf message, ClientSocket socket, long probeNanos);

    /** Whether the socket shows that the probe under way is answered; a client that answers itself is heard instead. */
    boolean isAnswered(ClientSocket socket);

    /** Bytes of a message, however much there is room for; a single frame may have more. */
    int largestMessageBytes();
}
