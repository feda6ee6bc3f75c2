package io.depthcast.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeflateOfferTest {
    private static final String ANSWER = "permessage-deflate; client_no_context_takeover";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "permessage-deflate                                             | 15 | ''",
                "permessage-deflate; client_no_context_takeover                 | 15 | ''",
                "permessage-deflate; client_max_window_bits                     | 15 | ''",
                "permessage-deflate; client_max_window_bits=8                   | 15 | ''",
                "permessage-deflate; client_max_window_bits=\"10\"              | 15 | ''",
                "permessage-deflate;client_max_window_bits ; foo=1, permessage-deflate | 15 | ''",
                "permessage-deflate; server_no_context_takeover                 | 15 | '; server_no_context_takeover'",
                "permessage-deflate; server_max_window_bits=15                  | 15 | '; server_max_window_bits=15'",
                "permessage-deflate; server_max_window_bits=14                  | 12 | '; server_max_window_bits=14'",
                "permessage-deflate; server_max_window_bits=13                  | 12 | '; server_max_window_bits=13'",
                "permessage-deflate; server_max_window_bits=12                  | 12 | '; server_max_window_bits=12'",
                "permessage-deflate; server_max_window_bits=\"12\"              | 12 | '; server_max_window_bits=12'",
                "permessage-deflate ; server_max_window_bits = 12 ;server_no_context_takeover"
                        + "| 12 | '; server_max_window_bits=12; server_no_context_takeover'",
                "permessage-deflate; server_max_window_bits=11, permessage-deflate; server_max_window_bits=13"
                        + "| 12 | '; server_max_window_bits=13'",
                "permessage-deflate; server_max_window_bits=9, permessage-deflate | 15 | ''",
                "x-webkit-deflate-frame, permessage-deflate                     | 15 | ''",
            })
    void shouldTakeTheFirstOfferItCanKeep(String header, int windowBits, String parameters) {
        assertThat(DeflateOffer.choose(List.of(header))).isEqualTo(new DeflateOffer(windowBits, ANSWER + parameters));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "permessage-deflat",
                "permessage-bzip2",
                "x-webkit-deflate-frame",
                "permessage-deflate; server_max_window_bits=11",
                "permessage-deflate; server_max_window_bits=8",
                "permessage-deflate; server_max_window_bits=16",
                "permessage-deflate; server_max_window_bits=012",
                "permessage-deflate; server_max_window_bits=1e1",
                "permessage-deflate; server_max_window_bits=99999999999",
                "permessage-deflate; server_max_window_bits=",
                "permessage-deflate; server_max_window_bits",
                "permessage-deflate; server_no_context_takeover=1",
                "permessage-deflate; client_no_context_takeover=",
                "permessage-deflate; client_max_window_bits=7",
                "permessage-deflate; client_max_window_bits=",
                "permessage-deflate; unknown",
                "permessage-deflate; mux=1",
                "permessage-deflate;",
                "permessage-deflate; server_no_context_takeover; server_no_context_takeover",
                "permessage-deflate; server_max_window_bits=12; server_max_window_bits=12",
                "permessage-deflate; client_max_window_bits; client_max_window_bits=15",
            })
    void shouldDeclineWhatItCannotKeep(String header) {
        assertThat(DeflateOffer.choose(List.of(header))).isEqualTo(DeflateOffer.NONE);
    }

    @Test
    void shouldGoThroughSeveralHeadersInOrder() {
        List<String> headers = List.of(
                "permessage-bzip2, permessage-deflate; server_max_window_bits=10",
                "permessage-deflate; server_max_window_bits=14, permessage-deflate");

        assertThat(DeflateOffer.choose(headers))
                .isEqualTo(new DeflateOffer(12, ANSWER + "; server_max_window_bits=14"));
        assertThat(DeflateOffer.choose(List.of())).isEqualTo(DeflateOffer.NONE);
    }
}
