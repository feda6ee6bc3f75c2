package io.depthcast.config;

import java.util.List;

/** What came of reading the configuration. */
public sealed interface Reading {
    /** Every key has a good value, in the order of the table. */
    record Accepted(List<Setting> settings) implements Reading {}

    /** All that is wrong, a line each. */
    record Refused(List<String> mistakes) implements Reading {}
}
