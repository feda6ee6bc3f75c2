package io.depthcast.session;

import io.depthcast.auth.Authority;
import io.depthcast.auth.Identity;
import io.depthcast.fanout.PlayedAudience;
import io.depthcast.feed.Listing;
import io.depthcast.wire.Encodings;
import io.depthcast.wire.Form;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One session between a socket and streams that a test plays, and a clock that it moves. */
final class SessionBench extends LoopBench {
    final InMemorySocket socket = InMemorySocket.ofFrames();
    final Session session;

    SessionBench(Form form, LimitSettings limits) {
        this(form, limits, PaceSettings.DEFAULT);
    }

    SessionBench(Form form, LimitSettings limits, PaceSettings pace) {
        super(limits, pace);
        session = new Session("s1", form, Identity.ANYONE, socket, shared, nowNanos());
    }

    /** With a client that has shown a token, and who judges the next. */
    SessionBench(Form form, Identity client, Authority authority) {
        super(LimitSettings.DEFAULT, PaceSettings.DEFAULT, authority);
        session = new Session("s1", form, client, socket, shared, nowNanos());
    }

    static SessionBench json() {
        return new SessionBench(Form.of(Encodings.JSON, 0), LimitSettings.DEFAULT);
    }

    /** Has the client send a text, with apostrophes for quotation marks; returns the answers. */
    List<String> say(String text) {
        ByteBuf bytes = Unpooled.copiedBuffer(text.replace('\'', '"'), StandardCharsets.UTF_8);
        session.onText(bytes, nowNanos());
        bytes.release();
        streams.runLater();
        return socket.takeSent();
    }

    /** Has the session look at the clock; returns what it sent. */
    List<String> tick() {
        session.onTick(nowNanos());
        return socket.takeSent();
    }

    /** Has the client answer the last ping; returns what that brings. */
    List<String> pong() {
        session.onPong(socket.ping, nowNanos());
        streams.runLater();
        return socket.takeSent();
    }

    /** Milliseconds, all together. */
    double agesMetered() {
        return registry.get("depthcast.client.age").timer().totalTime(TimeUnit.MILLISECONDS);
    }

    /** Has instruments change and go; returns what the client hears of it. */
    List<String> change(List<Integer> removed, Listing... changed) {
        try (DirectoryNews news = new DirectoryNews(
                PlayedAudience.change(shared.directory(), removed, changed), shared.announcements(), WALL_MICROS)) {
            news.tell(session, nowNanos());
        }
        return socket.takeSent();
    }

    void close() {
        close(session);
    }
}
