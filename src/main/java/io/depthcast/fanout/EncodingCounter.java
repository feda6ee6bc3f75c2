package io.depthcast.fanout;

import io.depthcast.metrics.EncodingMeters;
import io.depthcast.metrics.Meters;
import io.depthcast.wire.Encoding;
import io.depthcast.wire.Form;
import io.depthcast.wire.FrameEncoder;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Counts encodings in the meters. Any thread. */
public final class EncodingCounter implements FrameEncoder.Listener {
    /** All of them from the start, for whoever computes rates or has an alert on them. */
    private final Map<Encoding, EncodingMeters> meters = new HashMap<>();

    public EncodingCounter(Meters all) {
        for (Form form : Form.all()) {
            meters.computeIfAbsent(form.encoding(), encoding -> all.encoding(encoding.name()));
        }
    }

    @Override
    public void encoded(Encoding encoding, int bytes) {
        of(encoding).encoded(bytes);
    }

    @Override
    public void deflated(Encoding encoding, int bytes) {
        of(encoding).deflated(bytes);
    }

    private EncodingMeters of(Encoding encoding) {
        return Objects.requireNonNull(meters.get(encoding));
    }
}
