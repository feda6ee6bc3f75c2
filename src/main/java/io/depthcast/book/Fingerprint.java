package io.depthcast.book;

/** A sum of numbers in their order that others hardly have as well; the same on every machine. */
final class Fingerprint {
    private static final long PRIME = 0x0000_0100_0000_01B3L;
    private static final int HALF = 32;

    private long value;

    Fingerprint(long seed) {
        value = seed;
    }

    /** A step of FNV-1a, for a whole number, and stirred. */
    void add(long number) {
        value = (value ^ number) * PRIME;
        value ^= value >>> HALF;
    }

    void add(Instrument instrument) {
        add(instrument.id());
        add(instrument.symbol().hashCode());
        add(instrument.tickSize());
        add(instrument.lotSize());
    }

    private void add(StepSize step) {
        add(step.mantissa());
        add(step.decimals());
    }

    long value() {
        return value;
    }
}
