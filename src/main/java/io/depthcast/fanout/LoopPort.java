package io.depthcast.fanout;

import java.util.ArrayList;
import java.util.List;

/** A gateway loop as a shard sees it: where it is, whether it has taken the last batch, and the next one. Shard loop. */
final class LoopPort {
    private final String address;
    private List<FrameBatch.Answer> answers = new ArrayList<>();
    private boolean busy;

    LoopPort(String address) {
        this.address = address;
    }

    String address() {
        return address;
    }

    /** Whether the loop may be sent a batch. */
    boolean isReady() {
        return !busy;
    }

    void taken() {
        busy = false;
    }

    void add(FrameBatch.Answer answer) {
        answers.add(answer);
    }

    boolean hasAnswers() {
        return !answers.isEmpty();
    }

    /** The answers added since the last call; the loop is busy until it has taken them. */
    List<FrameBatch.Answer> takeAnswers() {
        List<FrameBatch.Answer> taken = answers;
        answers = new ArrayList<>();
        busy = true;
        return taken;
    }
}
