package io.depthcast.client;

/**
 * Hears what a {@link MarketClient} lives through, on its event loop. {@link #onBook} is called once a book is proved at the
 * message's version, never for a message that could not be applied.
 */
public interface ClientListener extends MarketListener {
    /** Connected; what the client wants is being asked for. */
    default void onWelcome(ControlMessage.Welcome welcome) {}

    default void onSubscribed(ControlMessage.Subscribed subscribed) {}

    default void onUnsubscribed(ControlMessage.Unsubscribed unsubscribed) {}

    /** The fresh token of this client counts. */
    default void onAuthenticated(ControlMessage.Authenticated authenticated) {}

    default void onNotice(ControlMessage.Notice notice) {}

    /** A command was refused. Streams that were refused are wanted no longer. */
    default void onRefused(ControlMessage.Refused refused) {}

    /**
     * A book can no longer vouch for itself; a snapshot has been asked for.
     *
     * @param outcome {@link ProvedBook.Outcome#GAP} or {@link ProvedBook.Outcome#BAD_CHECKSUM}
     */
    default void onUnproved(BookMessage message, ProvedBook.Outcome outcome) {}

    /**
     * A WebSocket message arrived, before anything is made of it.
     *
     * @param payloadBytes as on the wire
     */
    default void onMessage(int payloadBytes, boolean deflated) {}

    /** The connection is gone, or could not be made. */
    default void onDisconnected(Disconnection disconnection) {}
}
