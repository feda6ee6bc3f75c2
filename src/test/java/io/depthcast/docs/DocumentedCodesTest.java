package io.depthcast.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.admission.AdmissionSettings;
import io.depthcast.session.CloseReason;
import io.depthcast.session.LimitSettings;
import io.depthcast.session.PaceSettings;
import io.depthcast.wire.ErrorCode;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The codes in the documents are those of the program. */
class DocumentedCodesTest {
    private static final Markdown PROTOCOL = Markdown.of("protocol.md");

    @Test
    void shouldNameEveryErrorOfACommand() {
        List<String> codes =
                Arrays.stream(ErrorCode.values()).map(ErrorCode::text).toList();

        assertThat(firstCode(PROTOCOL.section("error").table(1), 0)).isEqualTo(codes);
        assertThat(Node.of("asyncapi.yaml")
                        .at("components")
                        .at("schemas")
                        .at("error")
                        .at("properties")
                        .at("code")
                        .at("enum")
                        .value())
                .isEqualTo(codes);
    }

    @Test
    void shouldNameTheSameErrorsOfRequestsInBothPlaces() {
        Stream<String> refusals = firstCode(PROTOCOL.section("What is refused").table(0), 1).stream();
        Stream<String> errors = firstCode(PROTOCOL.section("Errors").table(0), 1).stream();
        Node code = Node.of("openapi.yaml")
                .at("components")
                .at("schemas")
                .at("Error")
                .at("properties")
                .at("error")
                .at("properties")
                .at("code");

        assertThat(Stream.concat(refusals, errors))
                .containsExactlyInAnyOrderElementsOf(
                        code.at("enum").items().stream().map(Node::text).toList());
    }

    @Test
    void shouldNameEveryCloseCode() throws IllegalAccessException {
        List<String> codes = new ArrayList<>();
        for (Field field : CloseReason.class.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers())) {
                codes.add(String.valueOf(field.get(null)));
            }
        }

        assertThat(PROTOCOL.section("Close codes").table(0).stream().map(row -> row.get(0)))
                .containsExactlyInAnyOrderElementsOf(codes);
    }

    @Test
    void shouldNameTheLimitsInForce() {
        LimitSettings limits = LimitSettings.DEFAULT;
        PaceSettings pace = PaceSettings.DEFAULT;
        AdmissionSettings admission = AdmissionSettings.DEFAULT;

        assertThat(PROTOCOL.section("Limits, slow clients and close codes").table(0).stream()
                        .map(row -> row.get(1)))
                .containsExactly(
                        "4 KiB",
                        limits.requestHeadBytes() / 1024 + " KiB",
                        limits.requestHeadSeconds() + " s after connecting",
                        limits.frameBytes() / 1024 + " KiB",
                        limits.messageBytes() / 1024 + " KiB",
                        String.valueOf(limits.fragments()),
                        limits.commandsPerSecond() + " a second, " + limits.commandBurst() + " at once",
                        limits.pingsPerSecond() + " a second, " + limits.pingBurst() + " at once",
                        String.format(Locale.ROOT, "%,d", limits.subscriptions()),
                        pace.snapshotsPerSecond() + " a second, " + pace.snapshotBurst() + " at once",
                        pace.bytesPerSecond() / 1024 / 1024 + " MiB a second, or what it set with [`limit`](#limit)",
                        pace.pendingBytes() / 1024 / 1024 + " MiB",
                        pace.slowSeconds() + " s to the notice `slow`, " + pace.slowCloseSeconds()
                                + " s more to the close",
                        pace.lifetimeSeconds() / 3_600 + " h, 10 % more or less",
                        limits.unsubscribedSeconds() + " s",
                        "within " + limits.pongSeconds() + " s; a ping comes after " + limits.pingSeconds()
                                + " s of silence",
                        limits.stalledSeconds() + " s",
                        String.valueOf(admission.connectionsPerAddress()),
                        String.valueOf(admission.connectionsPerSubject()),
                        admission.handshakesPerSecond() + " a second, " + admission.handshakeBurst() + " at once",
                        pace.snapshotsPerSecond() + " a second, " + pace.snapshotBurst() + " at once",
                        "half of its heap in pieces of 32 KiB");
        assertThat(admission.connections(1 << 30)).isEqualTo((1 << 30) / 2 / (32 * 1024));
    }

    private static List<String> firstCode(List<List<String>> rows, int column) {
        return rows.stream().map(row -> Markdown.code(row.get(column)).get(0)).toList();
    }
}
