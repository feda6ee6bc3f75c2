package io.depthcast.session;

import io.depthcast.wire.Command;
import io.depthcast.wire.Frame;
import io.depthcast.wire.ListedInstrument;
import java.util.Map;

/** What a client is told of streams that begin. */
final class Confirmation {
    private Confirmation() {}

    /** Says which streams have begun, and the status of those whose instrument is, or was, not open. */
    static void give(PacedSubscriber client, Command.Subscribe command, Map<String, Integer> subscribed) {
        SessionContext shared = client.shared();
        int millis = shared.streams().paceMillis(command.intervalMillis());
        int applies = command.intervalMillis() == 0 ? 0 : millis;
        client.tell(out -> client.dialect().subscribed(command, applies, subscribed, out));
        tellStatuses(client, subscribed.keySet());
    }

    /** Says the status of those of the instruments that are, or were, not open. */
    static void tellStatuses(PacedSubscriber client, Iterable<String> symbols) {
        SessionContext shared = client.shared();
        for (String symbol : symbols) {
            ListedInstrument listed = shared.directory().unsure(symbol);
            if (listed != null) {
                Announcements announcements = shared.announcements();
                Frame status = announcements.status(
                        listed, client.form().bit(), shared.wallMicros().getAsLong());
                client.send(status, announcements.messages());
                announcements.messages().clear();
                status.release();
            }
        }
    }
}
