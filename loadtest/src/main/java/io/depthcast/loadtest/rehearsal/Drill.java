package io.depthcast.loadtest.rehearsal;

/**
 * Something that happens to a cluster.
 *
 * @param outcome what it has to come to, in words
 */
record Drill(String name, String outcome, Play play) {
    /** What happens, and what is judged. */
    interface Play {
        void on(Stage stage, Verdict verdict) throws Exception;
    }
}
