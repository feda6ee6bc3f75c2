package io.depthcast.app;

/** What a shell and a supervisor are told at the end. */
final class ExitCode {
    static final int OK = 0;
    /** Or what was to be looked at is not good. */
    static final int CANNOT_START = 1;

    static final int WRONG_USAGE = 2;
    /** Another feed speaks in the log of this one. Not 3: with that the JVM ends when memory is out. */
    static final int SUCCEEDED = 4;
    /** It was asked to end and has, but something of the end failed, or did not come to an end itself. */
    static final int DISORDERLY = 5;

    private ExitCode() {}
}
