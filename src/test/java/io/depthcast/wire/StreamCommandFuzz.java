package io.depthcast.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** A stranger's command in Binance's dialect: understood or refused, and answered in JSON that repeats its id. */
public final class StreamCommandFuzz {
    private static final int LONGEST_REASON = 512;
    private static final int LONGEST_ID = 38;

    private StreamCommandFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        ByteBuf answer = Unpooled.buffer();
        ParsedCommand parsed = BinanceParser.parse(Unpooled.wrappedBuffer(data));
        if (parsed instanceof StreamCommand command) {
            BinanceDialect.subscriptions(command.id(), command.names(), answer);
            JsonObject told = check(answer, command.id());
            if (!told.getJsonArray("result").getList().equals(command.names())) {
                throw new AssertionError("names " + command.names() + " told as " + told);
            }
            answer.clear();
            BinanceDialect.done(command.id(), answer);
            check(answer, command.id());
        } else if (parsed instanceof StreamMistake mistake) {
            if (mistake.reason().length() > LONGEST_REASON) {
                throw new AssertionError("a reason of " + mistake.reason().length() + " characters");
            }
            BinanceDialect.mistake(mistake, answer);
            check(answer, mistake.id());
        } else {
            throw new AssertionError("neither: " + parsed);
        }
    }

    private static JsonObject check(ByteBuf answer, String id) {
        JsonObject told = new JsonObject(answer.toString(StandardCharsets.UTF_8));
        Object repeated = told.getValue("id");
        if (!told.containsKey("id") || !isSame(repeated, id) || id.length() > LONGEST_ID) {
            throw new AssertionError("id " + id + " told as " + told);
        }
        return told;
    }

    /** @param id as it was sent, which of a number is one of its forms: -0 is 0 */
    private static boolean isSame(Object repeated, String id) {
        return repeated instanceof Number number
                ? new BigInteger(number.toString()).equals(new BigInteger(id))
                : id.equals(repeated instanceof String name ? '"' + name + '"' : Objects.toString(repeated));
    }
}
