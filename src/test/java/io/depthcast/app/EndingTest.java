package io.depthcast.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Whatever fails at an end, the rest of it has its turn. */
class EndingTest {
    private final List<String> done = new ArrayList<>();

    @Test
    void shouldTakeEachStepWhateverBecameOfThoseBefore() {
        Ending ending = new Ending();
        ending.step("begin", () -> done.add("first"));
        assertThat(ending.isOrderly()).isTrue();

        ending.step("fail", () -> {
            throw new IOException("for once");
        });
        ending.step("find a class", () -> {
            throw new NoClassDefFoundError("of a jar that was replaced");
        });
        ending.step("go on", () -> done.add("last"));

        assertThat(done).containsExactly("first", "last");
        assertThat(ending.isOrderly()).isFalse();
    }

    @Test
    void shouldBeginEachInItsTurnAndFailWithTheFirstFailureWhenAllAreOver() {
        NoClassDefFoundError missing = new NoClassDefFoundError("of a jar that was replaced");
        List<Supplier<Future<?>>> steps = List.of(
                () -> tell("first"),
                () -> {
                    throw missing;
                },
                () -> Future.failedFuture("another"),
                () -> tell("last"));

        assertThat(InTurn.all(steps).cause()).isSameAs(missing);
        assertThat(done).containsExactly("first", "last");
        assertThat(InTurn.all(List.of(() -> tell("only"))).succeeded()).isTrue();
    }

    private Future<?> tell(String what) {
        done.add(what);
        return Future.succeededFuture();
    }

    @Test
    void shouldFindEachClassThatAnEndNeeds() {
        assertThat(EndClasses.load()).isEmpty();
    }
}
