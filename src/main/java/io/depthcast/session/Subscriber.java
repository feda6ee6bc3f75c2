package io.depthcast.session;

import io.depthcast.wire.Form;
import io.depthcast.wire.Frame;
import java.util.ArrayList;
import java.util.List;

/**
 * Somebody on a gateway loop who takes frames: a WebSocket session, or one HTTP request that waits for an answer. During a
 * flush the audience collects the frames due to it and then has it deliver them together.
 */
public abstract class Subscriber {
    private final List<Subscription> due = new ArrayList<>();
    private final List<Frame> frames = new ArrayList<>();

    /** What the log calls it; a session has the name that its client was told. */
    public String id() {
        return "none";
    }

    public abstract Form form();

    /** Whether the socket takes data now; if not, the subscriber stays at its versions and catches up later. */
    public abstract boolean hasRoom();

    /**
     * Sends the frames, borrowed for the call, as one message. Called only if {@link #hasRoom()}; the subscriptions are at
     * the frames' versions already.
     */
    protected abstract void send(List<Frame> frames, MessageCache messages);

    /** Sending failed for a reason of the gateway's own: ends this subscriber. */
    public abstract void onFailure();

    /** Returns true if this is the first frame of this flush. */
    public final boolean collect(Subscription subscription, Frame frame) {
        due.add(subscription);
        frames.add(frame);
        return due.size() == 1;
    }

    /** Sends what was collected, as one message, and moves the subscriptions to the versions sent. */
    public final void deliver(MessageCache messages) {
        // First, because a socket that becomes writable while it sends has us ask what changed since these versions.
        for (int i = 0; i < due.size(); i++) {
            due.get(i).advanceTo(frames.get(i).epoch(), frames.get(i).version());
        }
        send(frames, messages);
    }

    /** The subscriptions that took a frame in this flush; empties the list afterwards. */
    public final List<Subscription> delivered() {
        return due;
    }

    /** Forgets what was collected. */
    public final void clearCollected() {
        due.clear();
        frames.clear();
    }
}
