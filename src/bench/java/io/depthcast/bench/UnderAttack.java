package io.depthcast.bench;

import io.depthcast.auth.TestIssuer;
import io.depthcast.client.ClientSettings;
import io.depthcast.client.StreamTerms;
import io.depthcast.wire.Channel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What clients notice of somebody who attacks by plain HTTP: the age of their prices, each of them proved, in a window with
 * the attack beside the windows without it before and after, all in one run against one gateway that asks for tokens.
 * Nobody is exempt from limits. {@code mvn -q -Pbench test-compile exec:exec -Dbench.main=io.depthcast.bench.UnderAttack};
 * {@code -Djmh.args=50} for another number of clients, {@code '-Djmh.args=200 0 4'} for the first four attacks alone. Exit code 1 if a p99 is more than 1.2 times what it is without. It
 * needs {@code ulimit -n} of 4,096.
 */
public final class UnderAttack {
    private static final int CLIENTS = 200;
    private static final int FLUSH_MILLIS = 20;
    private static final double MOST_RATIO = 1.2;
    private static final int PATIENCE_SECONDS = 60;
    private static final int WARM_UP_SECONDS = 20;
    private static final int WINDOW_SECONDS = 12;
    /** Of an attack before its window, so that what is measured is not the compiler. */
    private static final int LEAD_IN_SECONDS = 4;

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
            TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
            boolean isWell = true;
            Ages calm = window(run, null);
            List<Attack> attacks =
                    List.of(Attack.all(child.port(), "Authorization: Bearer " + token(issuer, "attacker")));
            for (Attack attack : attacks.subList(first, Math.min(end, attacks.size()))) {
                strike(attack, LEAD_IN_SECONDS);
                Ages during = window(run, attack);
                attack.close();
                Ages after = window(run, null);
                isWell &= compare(attack, calm, during, after) <= MOST_RATIO;
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

    /** By how much the p99 of the age is larger than without the attack. */
    private static double compare(Attack attack, Ages before, Ages during, Ages after) {
        double without = (before.quantileMillis(0.99) + after.quantileMillis(0.99)) / 2;
        double ratio = during.quantileMillis(0.99) / without;
        System.out.printf(
                "%-34s %,6d times: p99 %.1f ms of %,d books, without %.1f and %.1f ms: %.2f%n",
                attack.name,
                attack.done(),
                during.quantileMillis(0.99),
                during.total(),
                before.quantileMillis(0.99),
                after.quantileMillis(0.99),
                ratio);
        return ratio;
    }

    private static Ages window(ProvingClient.Run run, Attack attack) throws Exception {
        run.loops.submit(() -> run.ages = new Ages()).sync();
        strike(attack, WINDOW_SECONDS);
        return run.loops.submit(() -> run.ages).get();
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
