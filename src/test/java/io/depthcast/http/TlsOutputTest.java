package io.depthcast.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsProcesses;
import io.depthcast.NeedsSockets;
import io.depthcast.metrics.Meters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import java.io.File;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a shared buffer and of the counts of a connection below which there is TLS. */
@NeedsProcesses
@NeedsSockets
class TlsOutputTest {
    private static final int CAPACITY = 64 * 1_024;

    @TempDir
    Path folder;

    private EmbeddedChannel server;
    private EmbeddedChannel client;
    private ClientConnection output;
    private final ByteBuf shared = PooledByteBufAllocator.DEFAULT.directBuffer(CAPACITY);

    @BeforeEach
    void shakeHands() throws Exception {
        TestCertificate certificate = TestCertificate.create(folder, "gateway");
        TlsSettings files = certificate.files();
        SslContext ours = SslContextBuilder.forServer(new File(files.certificate()), new File(files.privateKey()))
                .build();
        server = new EmbeddedChannel(ours.newHandler(PooledByteBufAllocator.DEFAULT));
        client = new EmbeddedChannel(certificate.forNetty().newHandler(PooledByteBufAllocator.DEFAULT, "localhost", 1));
        while (!isReady(server) || !isReady(client)) {
            pass(client, server);
            pass(server, client);
        }
        pass(server, client);
        output = new WebSocketConnection(server, new Meters(new SimpleMeterRegistry(), "test"));
        while (shared.isWritable()) {
            shared.writeByte(shared.writerIndex() % 251);
        }
        shared.writerIndex(1_000);
    }

    private static boolean isReady(EmbeddedChannel channel) {
        return channel.pipeline().get(SslHandler.class).handshakeFuture().isSuccess();
    }

    private static void pass(EmbeddedChannel from, EmbeddedChannel to) {
        for (ByteBuf bytes = from.readOutbound(); bytes != null; bytes = from.readOutbound()) {
            to.writeInbound(bytes);
        }
    }

    @AfterEach
    void close() {
        server.finishAndReleaseAll();
        client.finishAndReleaseAll();
        assertThat(shared.refCnt()).isEqualTo(1);
        shared.release();
    }

    /** With room behind its bytes, into which what is written next could be gathered. */
    @Test
    void shouldLeaveASharedBufferAsItIs() {
        byte[] before = ByteBufUtil.getBytes(shared, 0, CAPACITY);
        output.write(shared.retainedDuplicate());
        output.write(Unpooled.copiedBuffer(new byte[] {1, 2, 3}));
        output.write(shared.retainedDuplicate());
        output.flush();
        pass(server, client);

        byte[] message = ByteBufUtil.getBytes(shared);
        assertThat(received()).isEqualTo(ClientFrames.join(message, new byte[] {1, 2, 3}, message));
        assertThat(ByteBufUtil.getBytes(shared, 0, CAPACITY)).isEqualTo(before);
        assertThat(shared.readerIndex()).isZero();
    }

    private byte[] received() {
        ByteBuf all = Unpooled.buffer();
        for (ByteBuf bytes = client.readInbound(); bytes != null; bytes = client.readInbound()) {
            all.writeBytes(bytes);
            bytes.release();
        }
        return ByteBufUtil.getBytes(all);
    }

    @Test
    void shouldCountPlainTextThatIsNotYetCipherTextAsPending() {
        output.write(shared.retainedDuplicate());
        assertThat(output.pendingBytes()).isGreaterThanOrEqualTo(1_000);
        assertThat(output.takenBytes()).isZero();

        output.flush();
        assertThat(output.pendingBytes()).isZero();
        assertThat(output.takenBytes()).isGreaterThan(1_000);
    }

    @Test
    void shouldReleaseWhatWaitsWhenItIsAborted() {
        output.write(shared.retainedDuplicate());
        output.cut();
        server.runPendingTasks();

        assertThat(shared.refCnt()).isEqualTo(1);
        output.write(shared.retainedDuplicate());
    }
}
