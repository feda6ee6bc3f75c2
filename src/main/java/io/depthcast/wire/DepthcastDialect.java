package io.depthcast.wire;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Our own: all that {@code protocol.md} says. */
final class DepthcastDialect implements Dialect {
    @Override
    public List<Encoding> encodings() {
        return Encodings.ALL;
    }

    @Override
    public int commandBytes() {
        return 0;
    }

    @Override
    public ParsedCommand parse(ByteBuf text) {
        return CommandParser.parse(text);
    }

    @Override
    public void welcome(Greeting greeting, ByteBuf out) {
        ControlMessages.welcome(greeting, out);
    }

    @Override
    public void subscribed(
            Command.Subscribe command, int intervalMillis, Map<String, Integer> instrumentIds, ByteBuf out) {
        ControlMessages.subscribed(command, intervalMillis, instrumentIds, out);
    }

    @Override
    public void unsubscribed(Command.Unsubscribe command, List<String> symbols, ByteBuf out) {
        ControlMessages.unsubscribed(command, symbols, out);
    }

    @Override
    public void removed(Channel channel, List<String> symbols, ByteBuf out) {
        ControlMessages.removed(channel, symbols, out);
    }

    @Override
    public void limited(Command.Limit command, int bytesPerSecond, ByteBuf out) {
        ControlMessages.limited(command, bytesPerSecond, out);
    }

    @Override
    public void authenticated(Command.Auth command, long expiresMicros, ByteBuf out) {
        ControlMessages.authenticated(command, expiresMicros, out);
    }

    @Override
    public void pong(Command.Ping command, long timeMicros, ByteBuf out) {
        ControlMessages.pong(command, timeMicros, out);
    }

    @Override
    public void error(Refusal refusal, @Nullable String symbol, ByteBuf out) {
        ControlMessages.error(refusal, symbol, out);
    }

    @Override
    public void notice(Notice notice, ByteBuf out) {
        if (notice instanceof Notice.Conflating conflating) {
            Notices.conflating(conflating.pendingBytes(), conflating.behindMillis(), out);
        } else if (notice instanceof Notice.Slow slow) {
            Notices.slow(slow.behindMillis(), slow.closeInMillis(), out);
        } else if (notice instanceof Notice.Draining draining) {
            Notices.draining(draining.reconnectAfterMillis(), out);
        } else if (notice instanceof Notice.TokenExpiring expiring) {
            Notices.tokenExpiring(expiring.expiresMicros(), out);
        } else if (notice == Notice.Live.LIVE) {
            Notices.live(out);
        }
    }

    @Override
    public int closeCode(int code) {
        return code;
    }
}
