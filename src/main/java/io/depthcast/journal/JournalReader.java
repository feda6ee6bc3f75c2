package io.depthcast.journal;

import java.util.List;
import java.util.Map;

/** Reads a log, and the states beside it. Every method waits for whoever keeps the log; one thread. */
interface JournalReader extends AutoCloseable {
    /** What came of a read. */
    sealed interface Polled {
        /**
         * @param records in order, those behind the place of the reader; none if none came in time
         * @param atEnd whether there were no others behind them when whoever keeps the log last said so; without records
         *     it has said so within this call
         */
        record Records(List<LogRecord> records, boolean atEnd) implements Polled {}

        /** The place of the reader is not in the log any more, or never was: it has to join anew. */
        record Lost(String reason) implements Polled {}

        /** Nobody answers; the same call again may do better. */
        record Unreachable(String reason) implements Polled {}
    }

    /** What there is to begin with. */
    sealed interface Kept {
        /**
         * @param log names the log: another one in its place has another name, whatever its offsets
         * @param states by key; some may be of a log that stood in its place before
         * @param oldest offset of the oldest record in the log, or of the next one if it has none
         * @param end offset of the record that will be appended next; not before the states were written
         */
        record States(String log, Map<String, byte[]> states, long oldest, long end) implements Kept {}

        /** Nobody answers, or not what is needed. */
        record Unreachable(String reason) implements Kept {}
    }

    /** The latest state of each key. */
    Kept kept();

    /** Reads on with the record of that offset. */
    void seek(long offset);

    /** The records behind those read before. */
    Polled poll(int waitMillis);

    @Override
    void close();
}
