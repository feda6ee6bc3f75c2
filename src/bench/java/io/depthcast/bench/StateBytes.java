package io.depthcast.bench;

import io.depthcast.book.InstrumentStatus;
import io.depthcast.book.Side;
import io.depthcast.book.StepSize;
import io.depthcast.feed.Door;
import io.depthcast.feed.FeedSnapshot;
import io.depthcast.feed.Intake;
import io.depthcast.feed.IntakeListener;
import io.depthcast.feed.LevelChanges;
import io.depthcast.feed.LogPlace;
import io.depthcast.feed.LogState;
import io.depthcast.feed.Refusal;
import io.depthcast.feed.StateEncoder;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How many bytes the state of an instrument takes whose book, tape and candles are full, as joiners of a log read it. */
public final class StateBytes {
    private static final int LEVELS = 500;
    /** Candles that are kept of each interval. */
    private static final int CANDLES = 1_000;

    private static final int[] INTERVAL_SECONDS = {86_400, 14_400, 3_600, 900, 300, 60, 1};

    private final Random random = new Random(1);
    private final Intake intake = new Intake(1, IntakeListener.NONE);
    private final Door door = intake.open("bench", 10_000);
    private long nowMicros = TimeUnit.DAYS.toMicros(10_000);
    private long priceTicks = 6_400_000;

    private StateBytes() {}

    public static void main(String[] arguments) {
        new StateBytes().run();
    }

    private void run() {
        intake.begin(nowMicros, 1);
        taken(door.define("BTC-USD", StepSize.parse("0.01"), StepSize.parse("0.0001"), InstrumentStatus.OPEN));
        print("new");
        taken(door.snapshot("BTC-USD", side(-1), side(1), 0));
        print("with " + LEVELS + " levels a side");
        for (int seconds : INTERVAL_SECONDS) {
            for (int i = 0; i < CANDLES; i++) {
                nowMicros += TimeUnit.SECONDS.toMicros(seconds);
                trade();
            }
        }
        print("with all candles and trades too");
    }

    private void trade() {
        intake.begin(nowMicros, 1);
        for (int i = 0; i < 4; i++) {
            priceTicks += random.nextInt(2_001) - 1_000;
            taken(door.trade(
                    "BTC-USD",
                    random.nextBoolean() ? Side.BID : Side.ASK,
                    priceTicks,
                    1 + random.nextInt(50_000),
                    null,
                    0));
        }
        var unused = intake.take();
    }

    private static void taken(@Nullable Refusal refusal) {
        if (refusal != null) {
            throw new IllegalStateException(refusal.reason());
        }
    }

    private LevelChanges side(int away) {
        LevelChanges side = new LevelChanges();
        for (int i = 0; i < LEVELS; i++) {
            side.add(priceTicks + away * (10L + 20L * i + random.nextInt(20)), 1 + random.nextInt(50_000));
        }
        return side;
    }

    private void print(String what) {
        FeedSnapshot.Book book = intake.snapshot().books().get(0);
        LogPlace place = new LogPlace(
                "hXbB5ZLxQAu1Wn8M0mZ2cA",
                1_000_000,
                3,
                "feed-0-1234-12345678",
                TimeUnit.DAYS.toMicros(20_000),
                1_000_000_000);
        System.out.printf("%-34s %,9d bytes%n", what, new StateEncoder().encode(new LogState(place, book)).length);
    }
}
