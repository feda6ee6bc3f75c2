package io.depthcast.auth;

/**
 * Whether clients have to say who they are, and what a token has to say.
 *
 * @param keys file with the JSON Web Key Set; {@link #NONE} where nobody has to show a token
 * @param issuer of every token, or {@link #ANY}
 * @param audience one of every token's, or {@link #ANY}
 * @param leewaySeconds by which the clock of the issuer may differ from ours
 */
public record AuthSettings(String keys, String issuer, String audience, int leewaySeconds) {
    public static final String NONE = "none";
    public static final String ANY = "any";
    /** A token made for another service is of no use here. */
    public static final String AUDIENCE = "depthcast";
    /** Seconds: clocks that are set by NTP differ by less. */
    public static final int LEEWAY_SECONDS = 5;

    public static final AuthSettings OFF = new AuthSettings(NONE, ANY, AUDIENCE, LEEWAY_SECONDS);

    public AuthSettings {
        if (leewaySeconds < 0) {
            throw new IllegalArgumentException("leewaySeconds: expected at least 0, got " + leewaySeconds);
        }
    }

    /** Whether a client has to show a token. */
    public boolean isOn() {
        return !keys.equals(NONE);
    }
}
