package io.depthcast.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RecentAnswersTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final RecentAnswers answers = new RecentAnswers();
    private int made;

    @Test
    void shouldGiveTheSameAnswerForASecond() {
        assertThat(ask("all", 1, 5)).isEqualTo("1");
        assertThat(ask("all", 1, 5 + SECOND - 1)).isEqualTo("1");
        assertThat(ask("others", 1, 5)).isEqualTo("2");
        assertThat(ask("all", 1, 5 + SECOND)).isEqualTo("3");
        assertThat(ask("all", 1, 5 + SECOND + 1)).isEqualTo("3");
    }

    @Test
    void shouldMakeAnotherOnceOthersAreListed() {
        assertThat(ask("all", 1, 5)).isEqualTo("1");
        assertThat(ask("all", 2, 6)).isEqualTo("2");
        assertThat(ask("all", 2, 7)).isEqualTo("2");
    }

    @Test
    void shouldHaveAllWaitForOneThatIsBeingMade() {
        Promise<Buffer> making = Promise.promise();
        Future<Buffer> first = answers.get("all", 1, 0, making::future);
        Future<Buffer> second = answers.get("all", 1, 1, () -> Future.failedFuture("made twice"));
        making.complete(Buffer.buffer("one"));
        assertThat(first.result()).isSameAs(second.result());
        assertThat(second.result().toString()).isEqualTo("one");
    }

    @Test
    void shouldNotKeepAFailure() {
        assertThat(answers.get("all", 1, 0, () -> Future.failedFuture("gone")).failed())
                .isTrue();
        assertThat(ask("all", 1, 1)).isEqualTo("1");
    }

    private String ask(String question, long version, long nowNanos) {
        return answers.get(
                        question,
                        version,
                        nowNanos,
                        () -> Future.succeededFuture(Buffer.buffer(String.valueOf(++made))))
                .result()
                .toString();
    }
}
