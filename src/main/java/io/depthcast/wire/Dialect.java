package io.depthcast.wire;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A language that clients and gateway speak: what a client may ask, what it is told beside market data, and the encodings of
 * the data. Each method writes one message at the writer index; for what a dialect has no words it writes nothing, and then
 * nothing is sent. Stateless, and safe on any thread.
 */
public interface Dialect {
    /** The first is what a client gets that chooses none. */
    List<Encoding> encodings();

    /** Bytes of a command that its clients send as a matter of course; 0 if the usual limits suit them. */
    int commandBytes();

    /** @param text the payload of a text frame, valid UTF-8; neither consumed nor released */
    ParsedCommand parse(ByteBuf text);

    void welcome(Greeting greeting, ByteBuf out);

    /**
     * @param intervalMillis the pace that applies, which may be slower than the one asked for
     * @param instrumentIds of the symbols that are now subscribed
     */
    void subscribed(Command.Subscribe command, int intervalMillis, Map<String, Integer> instrumentIds, ByteBuf out);

    /** @param symbols those that were subscribed and no longer are */
    void unsubscribed(Command.Unsubscribe command, List<String> symbols, ByteBuf out);

    /** These instruments are no more. */
    void removed(Channel channel, List<String> symbols, ByteBuf out);

    /** @param bytesPerSecond what applies, which may be less than was asked for */
    void limited(Command.Limit command, int bytesPerSecond, ByteBuf out);

    /** @param expiresMicros microseconds since 1970 */
    void authenticated(Command.Auth command, long expiresMicros, ByteBuf out);

    /** @param timeMicros microseconds since 1970 */
    void pong(Command.Ping command, long timeMicros, ByteBuf out);

    /** @param symbol the one of the command's symbols that it is about, or null if it is about the whole command */
    void error(Refusal refusal, @Nullable String symbol, ByteBuf out);

    void notice(Notice notice, ByteBuf out);

    /** The close code that says the same to its clients. */
    int closeCode(int code);
}
