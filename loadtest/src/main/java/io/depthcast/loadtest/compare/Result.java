package io.depthcast.loadtest.compare;

import io.depthcast.loadtest.generator.Measurement;

/**
 * One run of one contender.
 *
 * @param openSeconds until all clients were subscribed
 * @param openCpuMicros of the server for each of them
 * @param residentBytesPerClient growth since before the first client
 */
record Result(
        Contender contender,
        Measurement measured,
        double openSeconds,
        double openCpuMicros,
        double residentBytesPerClient) {

    double messagesPerSecond() {
        return measured.messagesPerSecond();
    }

    double cpuMicros() {
        return measured.cpuMicrosPerMessage();
    }

    double cpuMicrosPerUpdate() {
        return measured.cpuMicrosPerUpdate();
    }

    double p50() {
        return measured.tally().sentAgeMillis(50);
    }

    double p99() {
        return measured.tally().sentAgeMillis(99);
    }

    double p999() {
        return measured.tally().sentAgeMillis(99.9);
    }
}
