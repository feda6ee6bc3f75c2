package io.depthcast.wire;

/**
 * Why a command by the names of streams is not carried out.
 *
 * @param id as of {@link StreamCommand}
 * @param code what programs go by
 */
public record StreamMistake(String id, int code, String reason) implements ParsedCommand {
    /** It is no such command. */
    public static final int BAD_REQUEST = 2;
    /** It is no JSON. */
    public static final int BAD_JSON = 3;
    /** There are too many subscriptions. */
    public static final int TOO_MANY = 4;
}
