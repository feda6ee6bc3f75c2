package io.depthcast.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.depthcast.HeardLog;
import io.depthcast.NeedsSockets;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the log says of each client that is sent away, over whatever transport. */
@NeedsSockets
@Timeout(300)
class CloseLinesTest {
    private final HeardLog log = HeardLog.of(Farewell.class, Level.DEBUG);

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        log.close();
    }

    @Test
    void shouldSayWhoWentAndWhyAndHowItFared() throws Exception {
        try (TokenGateway gateway = new TokenGateway(folder);
                RawWebSocket socket = RawWebSocket.connect(gateway.port());
                RawWebSocket events = RawWebSocket.connect(gateway.port());
                RawWebSocket leaves = RawWebSocket.connect(gateway.port())) {
            String alice = TokenGateway.bearer(gateway.token("alice", 600));
            String bob = TokenGateway.bearer(gateway.token("bob", 600));
            socket.shakeHands(alice);
            assertThat(socket.read().text()).contains("\"welcome\"");
            leaves.shakeHands(TokenGateway.bearer(gateway.token("carl", 600)));
            // Who goes before it is greeted has not come.
            assertThat(leaves.read().text()).contains("\"welcome\"");
            events.write(("GET /v1/sse?channel=bbo&symbol=* HTTP/1.1\r\nHost: localhost\r\n" + bob + "\r\n\r\n")
                    .getBytes(UTF_8));
            assertThat(events.readHead()).startsWith("HTTP/1.1 200 ");
            assertThat(events.readTo("\"symbol\":")).isNotEmpty();

            OperatorClient operator = new OperatorClient(gateway.managementPort());
            operator.block(new JsonObject().put("subject", "alice"));
            operator.block(new JsonObject().put("subject", "bob"));
            leaves.reset();
            while (log.lines().size() < 3) {
                Thread.onSpinWait();
            }
        }
        assertThat(line("alice")).contains("INFO websocket 1008 \"kept out by an operator; do not reconnect\"");
        assertThat(line("bob")).contains("INFO sse 1008 \"kept out by an operator; do not reconnect\"");
        assertThat(line("carl")).contains("DEBUG websocket 1006 \"\"");
        for (String who : new String[] {"alice", "bob", "carl"}) {
            assertThat(line(who))
                    .contains(" 127.0.0.x LIVE ")
                    .matches(".* lasted [0-9]+ behind [0-9]+ bytes [1-9][0-9]*");
        }
    }

    private String line(String subject) {
        for (ILoggingEvent event : log.lines()) {
            Map<String, Object> told = new TreeMap<>();
            event.getKeyValuePairs().forEach(pair -> told.put(pair.key, pair.value));
            if (told.get("subject").equals(subject)) {
                return "%s %s %s \"%s\" %s %s lasted %s behind %s bytes %s"
                        .formatted(
                                event.getLevel(),
                                told.get("transport"),
                                told.get("code"),
                                told.get("reason"),
                                told.get("address"),
                                told.get("rung"),
                                told.get("durationMillis"),
                                told.get("behindMillis"),
                                told.get("bytes"));
            }
        }
        throw new AssertionError("nothing said of " + subject + ": " + log.lines());
    }
}
