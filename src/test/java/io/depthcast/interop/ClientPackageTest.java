package io.depthcast.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.NeedsProcesses;
import io.depthcast.NeedsSockets;
import io.depthcast.docs.Markdown;
import io.depthcast.http.RunningGateway;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The browser client as npm packs it: its types, and what it does in Node over WebSocket and over events. */
@NeedsProcesses
@NeedsSockets
@Timeout(300)
class ClientPackageTest {
    private static final int EVENTS_PER_SECOND = 4_000;
    private static final Path WORK = Path.of("target", "client-package").toAbsolutePath();
    private static final List<String> TOOLS = List.of("ws@8", "typescript@5");
    private static final String TYPED = """
            import { Depthcast, DepthcastError } from 'depthcast';
            import { hookOf } from 'depthcast/react';
            import { storeOf } from 'depthcast/svelte';

            const market = new Depthcast('ws://localhost/v1/stream', { token: async () => 'jwt' });
            const book = market.book('BTC-USD', { depth: 10, group: 5, intervalMillis: 100 });
            book.on('error', (error: DepthcastError) => error.code.length + error.status);
            const price: string | undefined = book.bid?.price;
            async function read(): Promise<number> {
              for await (const { bids } of book) for (const { priceTicks } of bids) return priceTicks;
              for await (const trades of market.trades('BTC-USD')) return trades[0].sizeLots;
              return (await market.limit(1)) + (price?.length ?? 0);
            }
            // @ts-expect-error depth is a number
            market.book('BTC-USD', { depth: '10' });
            void read();
            const use = hookOf({ useState: (first: unknown) => [first, () => {}], useEffect: () => {} });
            const used: string | undefined = use(() => market.book('BTC-USD'), ['BTC-USD'])?.bid?.price;
            storeOf(() => market.trades('BTC-USD')).subscribe((trades) => trades.trades.length + (used?.length ?? 0))();
            """;

    private static RunningGateway gateway;

    @BeforeAll
    static void install() throws Exception {
        Programs.require("nodejs and npm", List.of("npm", "--version"));
        Files.createDirectories(WORK);
        if (!Files.isExecutable(WORK.resolve("node_modules/.bin/tsc"))) {
            List<String> install = List.of("npm", "install", "--no-save", "--no-audit", "--prefix", WORK.toString());
            Programs.require(
                    "the npm packages " + TOOLS,
                    Stream.concat(install.stream(), TOOLS.stream()).toList());
        }
        Path source = WORK.resolve("source");
        Path installed = WORK.resolve("node_modules/depthcast");
        String pack = """
                set -e; rm -rf '%1$s' '%2$s'; mkdir -p '%2$s'; cp -R '%3$s' '%1$s'; cd '%1$s'
                PATH='%4$s/node_modules/.bin':$PATH npm pack --silent
                tar xzf depthcast-*.tgz -C '%2$s' --strip-components=1
                """.formatted(source, installed, resource("/web/client/v1"), WORK);
        Programs.Outcome packed = Programs.run(List.of("sh", "-c", pack));
        assertThat(packed.exitCode()).as(packed.output()).isZero();
        gateway = RunningGateway.start(EVENTS_PER_SECOND, RunningGateway.LIMITS);
    }

    @AfterAll
    static void stop() {
        if (gateway != null) {
            gateway.close();
        }
    }

    @Test
    void shouldGiveTypesThatHoldInStrictMode() throws Exception {
        Path program = Files.writeString(WORK.resolve("typed.ts"), TYPED);
        Programs.Outcome outcome = Programs.run(List.of(
                WORK.resolve("node_modules/.bin/tsc").toString(),
                "--noEmit",
                "--strict",
                "--target",
                "es2022",
                "--module",
                "nodenext",
                "--skipLibCheck",
                program.toString()));
        assertThat(outcome.output()).isEmpty();
        assertThat(outcome.exitCode()).isZero();
    }

    static List<String> nodes() throws InterruptedException {
        return Nodes.all();
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void shouldFollowTheMarketInNodeAndEndByItself(String node) throws Exception {
        Path script = Files.copy(
                resource("/interop/package.mjs"), WORK.resolve("package.mjs"), StandardCopyOption.REPLACE_EXISTING);
        Programs.Outcome outcome = Programs.run(List.of(node, script.toString(), String.valueOf(gateway.port())));
        assertThat(outcome.output()).isEqualToIgnoringNewLines("OK");
        assertThat(outcome.exitCode()).isZero();
    }

    static Stream<Arguments> examples() throws InterruptedException {
        List<String> examples = Markdown.of("client.md").fenced("js");
        return Nodes.all().stream().flatMap(node -> examples.stream().map(example -> Arguments.of(node, example)));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldRunTheExamplesOfItsReference(String node, String example) throws Exception {
        String here = example.replace("localhost:8080", "127.0.0.1:" + gateway.port());
        Path program = Files.writeString(WORK.resolve("example.mjs"), here);
        Programs.Outcome outcome = Programs.run(List.of(node, program.toString()));
        assertThat(outcome.output()).isNotBlank();
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
    }

    private static Path resource(String name) throws URISyntaxException, IOException {
        Path found = Path.of(Objects.requireNonNull(ClientPackageTest.class.getResource(name))
                .toURI());
        return found.toRealPath();
    }
}
