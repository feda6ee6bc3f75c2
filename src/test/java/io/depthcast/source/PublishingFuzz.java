package io.depthcast.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a publisher posts or sends: each object taken or refused, however the bytes are cut, and never an exception. */
public final class PublishingFuzz {
    private PublishingFuzz() {}

    /** The first byte says how to cut the others. */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length < 2) {
            return;
        }
        byte[] body = Arrays.copyOfRange(data, 1, data.length);
        String whole = post(body, body.length);
        String cut = post(body, 1 + (data[0] & 0x3F));
        if (!whole.equals(cut)) {
            throw new AssertionError("whole " + whole + ", cut " + cut);
        }
        send(body);
    }

    private static String post(byte[] body, int step) {
        FuzzedIntake intake = new FuzzedIntake();
        PostedLines lines = new PostedLines(intake.door(), FuzzedIntake.METERS, PublishingFuzz::isAllowed);
        for (int at = 0; at < body.length; at += step) {
            lines.add(Arrays.copyOfRange(body, at, Math.min(body.length, at + step)));
        }
        lines.end();
        intake.apply();
        return answer(lines.answer());
    }

    private static void send(byte[] body) {
        FuzzedIntake intake = new FuzzedIntake();
        Ears ears = new Ears(new ArrayList<>());
        PublishingSession session =
                new PublishingSession(intake.door(), FuzzedIntake.METERS, PublishingFuzz::isAllowed, ears, 0);
        for (String text : new String(body, UTF_8).split("\n", -1)) {
            session.onText(text.getBytes(UTF_8), 0);
        }
        intake.apply();
        ears.heard.forEach(PublishingFuzz::answer);
    }

    /** It has to be JSON, whatever is told of the input in it. */
    private static String answer(String text) {
        return new JsonObject(text).encode();
    }

    private static boolean isAllowed(String symbol) {
        return !symbol.startsWith("NO");
    }

    private record Ears(List<String> heard) implements PublishingSession.Connection {
        @Override
        public void send(String text) {
            heard.add(text);
        }

        @Override
        public boolean isWritable() {
            return true;
        }

        @Override
        public void reading(boolean on) {}

        @Override
        public void close(int code, String reason) {
            throw new AssertionError("closed: " + code + " " + reason);
        }
    }
}
