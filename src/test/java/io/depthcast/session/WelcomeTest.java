package io.depthcast.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WelcomeTest {
    @ParameterizedTest
    @CsvSource({"0,1000,0", "1,1000,1", "1200,1000,1200", "4999,1000,4999", "56000,8000,5000", "1000000,500,5000"})
    void shouldSpreadWhoIsCutAsLongAsAnotherNodeTakesButNoLonger(long audience, long perSecond, long millis) {
        assertThat(Welcome.lossSpreadMillis(audience, perSecond)).isEqualTo(millis);
    }
}
