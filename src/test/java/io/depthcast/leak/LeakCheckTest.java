package io.depthcast.leak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetector.Level;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LeakCheckTest {
    @BeforeAll
    static void followEachBuffer() {
        ResourceLeakDetector.setLevel(Level.PARANOID);
    }

    @Test
    void shouldFollowEachBufferWhereTheyCrossSockets() {
        assertThat(LeakCheck.level(Set.of("sockets", "processes"))).isEqualTo(Level.PARANOID);
    }

    @Test
    void shouldFailAfterABufferWasDropped() {
        PooledByteBufAllocator.DEFAULT.directBuffer(64).writeLong(1);

        assertThatThrownBy(() -> new LeakCheck().afterAll(null))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Netty buffers leaked")
                .hasMessageContaining("ByteBuf was not released")
                .hasMessageContaining(LeakCheckTest.class.getName() + ".shouldFailAfterABufferWasDropped");
    }

    @Test
    void shouldHaveNothingAgainstABufferThatWasReleased() throws Exception {
        assertThat(PooledByteBufAllocator.DEFAULT.directBuffer(64).writeLong(1).release())
                .isTrue();

        assertThat(LeakCheck.RECORDER.takeReports()).isEmpty();
    }
}
