package io.depthcast.auth;

/**
 * What a client shows to say who it is.
 *
 * @param text secret; empty where there is nothing to show
 */
public record Credential(Kind kind, String text) {
    /** Where it stood. */
    public enum Kind {
        /** The client shows nothing. */
        NONE,
        /** A JSON Web Token. */
        TOKEN,
        /** What {@link Authority#issue} gave. */
        TICKET,
        /** More than one, of which nobody can say which counts. */
        SEVERAL
    }

    public static final Credential NONE = new Credential(Kind.NONE, "");
    public static final Credential SEVERAL = new Credential(Kind.SEVERAL, "");

    public static Credential token(String text) {
        return new Credential(Kind.TOKEN, text);
    }

    public static Credential ticket(String text) {
        return new Credential(Kind.TICKET, text);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "Credential[" + kind + "]";
    }
}
