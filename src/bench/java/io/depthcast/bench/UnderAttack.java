package io.depthcast.bench;

import io.depthcast.auth.TestIssuer;
import io.depthcast.client.ClientSettings;
import io.depthcast.client.StreamTerms;
import io.depthcast.wire.Channel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What clients notice of somebody who attacks by plain HTTP: the age of their prices, each of them proved, in a window with
 * the attack beside the windows without it before and after, all in one run against one gateway that asks for tokens.
 * Nobody is exempt from limits. As many connections that ask for one page and read it are tried as well, since the gateway
 * has one core, and whoever connects takes of it what the kernel needs; so it is told what the gateway's CPU was in each window.
 * {@code mvn -q -Pbench test-compile exec:exec -Dbench.main=io.depthcast.bench.UnderAttack}; {@code -Djmh.args=50} for
 * another number of clients, {@code '-Djmh.args=200 0 3'} for the first three attacks alone, which take two minutes. Exit
 * code 1 if a p99 is more than 1.2 times what it is without, and than beside the harmless. It needs {@code ulimit -n} of 4,096.
 */
public final class UnderAttack {
    private static final int CLIENTS = 200;
    private static final int FLUSH_MILLIS = 20;
    private static final double MOST_RATIO = 1.2;
    private static final int PATIENCE_SECONDS = 60;
    private static final int WARM_UP_SECONDS = 15;
    private static final int WINDOW_SECONDS = 8;
    /** Of an attack before its window, and before all windows, so that what is measured is not the compiler. */
    private static final int LEAD_IN_SECONDS = 2;

    /** Between two blows. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private static final int TOKEN_SECONDS = 3_600;

    private UnderAttack() {}

    public static void main(String[] arguments) throws Exception {
        int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : CLIENTS;
        int first = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 0;
        int end = arguments.length > 2 ? Integer.parseInt(arguments[2]) : Integer.MAX_VALUE;
        Child.stepAside();
        TestIssuer issuer = TestIssuer.edwards("bench");
        Path keys = Files.createTempFile("keys", ".json");
        Files.writeString(keys, TestIssuer.keySet(issuer));
        try (Child child = Child.gateway(
                        FLUSH_MILLIS,
                        "auth.keys=" + keys,
                        "limits.loopbackExempt=false",
                        "limits.connectionsPerAddress=100000",
                        "limits.socketsPerAddress=100000",
                        "limits.handshakesPerSecond=100000",
                        "limits.handshakeBurst=100000");
                ProvingClient.Run run = new ProvingClient.Run(child)) {
            connect(run, issuer, count);
            Attack[] all = Attack.all(child.port(), "Authorization: Bearer " + token(issuer, "attacker"));
            List<Attack> attacks = List.of(all).subList(first, Math.min(end, all.length));
            Attack harmless = Attack.harmless(child.port());
            warmUp(attacks, harmless);
            boolean isWell = true;
            Window calm = window(child, run, null);
            for (Attack attack : attacks) {
                Window during = window(child, run, attack);
                attack.close();
                Window beside = window(child, run, harmless);
                Window after = window(child, run, null);
                isWell &= isWell(attack, calm, during, beside, after);
                calm = after;
            }
            System.out.printf("%d doubts, %d connections ended%n", run.doubts, run.disconnections);
            isWell &= run.doubts == 0 && run.disconnections == 0;
            if (!isWell) {
                System.out.println("clients notice: more than " + MOST_RATIO + " times the age, a doubt, or an end");
                System.exit(1);
            }
        } finally {
            Files.delete(keys);
        }
    }

    private static String token(TestIssuer issuer, String subject) throws Exception {
        return issuer.token(subject, Instant.now().getEpochSecond() + TOKEN_SECONDS);
    }

    private static void connect(ProvingClient.Run run, TestIssuer issuer, int count) throws Exception {
        CountDownLatch proved = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            String token = token(issuer, "good-" + i);
            ClientSettings settings = run.settings.withToken(token);
            ProvingClient client = new ProvingClient(run, settings, run.context, false, proved);
            client.client.subscribe(Channel.BOOK, StreamTerms.book(25), "BTC-USD");
            client.client.start();
        }
        if (!proved.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("not all clients have a book after " + PATIENCE_SECONDS + " s");
        }
    }

    private static void warmUp(List<Attack> attacks, Attack harmless) throws Exception {
        TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
        strike(harmless, LEAD_IN_SECONDS);
        for (Attack attack : attacks) {
            strike(attack, LEAD_IN_SECONDS);
            attack.close();
        }
        TimeUnit.SECONDS.sleep(LEAD_IN_SECONDS);
    }

    /** @param cpu of a core that the gateway took, in hundredths */
    private record Window(Ages ages, long cpu) {
        double p99() {
            return ages.quantileMillis(0.99);
        }
    }

    private static boolean isWell(Attack attack, Window before, Window during, Window beside, Window after) {
        double without = (before.p99() + after.p99()) / 2;
        double ratio = during.p99() / without;
        System.out.printf(
                "%-34s %,6d times, CPU %2d %%: p99 %.1f ms of %,d books, without %.1f and %.1f ms (%d %%): %.2f;"
                        + " beside the harmless %.1f ms (%d %%): %.2f%n",
                attack.name,
                attack.done(),
                during.cpu,
                during.p99(),
                during.ages.total(),
                before.p99(),
                after.p99(),
                after.cpu,
                ratio,
                beside.p99(),
                beside.cpu,
                during.p99() / beside.p99());
        return Math.min(ratio, during.p99() / beside.p99()) <= MOST_RATIO;
    }

    private static Window window(Child child, ProvingClient.Run run, Attack attack) throws Exception {
        if (attack != null) {
            strike(attack, LEAD_IN_SECONDS);
        }
        run.loops.submit(() -> run.ages = new Ages()).sync();
        Duration cpu = child.cpu();
        strike(attack, WINDOW_SECONDS);
        long spentMillis = child.cpu().minus(cpu).toMillis();
        return new Window(run.loops.submit(() -> run.ages).get(), spentMillis / (10 * WINDOW_SECONDS));
    }

    /** @param attack null for none: then it only waits */
    private static void strike(Attack attack, int seconds) throws IOException {
        long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < endNanos) {
            if (attack != null) {
                attack.strike();
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
