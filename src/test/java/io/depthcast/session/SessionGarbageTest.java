package io.depthcast.session;

import io.depthcast.fanout.GarbageOfOneMore;
import org.junit.jupiter.api.Test;

/** What a message to one more session allocates in the heap, from the answer of the shard to the socket: nothing. */
class SessionGarbageTest {
    @Test
    void shouldMakeNoGarbageForAMessageToOneMoreSession() throws Exception {
        GarbageOfOneMore.shouldBeNone(300, PlayedSessions::new);
    }
}
