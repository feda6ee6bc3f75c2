package io.depthcast.app;

/**
 * How the gateway logs.
 *
 * @param format {@link #AUTO}, {@link #TEXT}, {@link #JSON} or {@link #ECS}
 * @param level of the gateway's own loggers: error, warn, info or debug
 * @param addresses how much is told of where clients are: masked, full or none
 */
public record LogSettings(String format, String level, String addresses) {
    /** Text on a terminal, JSON elsewhere: a person reads the one, a collector the other. */
    public static final String AUTO = "auto";

    public static final String TEXT = "text";
    public static final String JSON = "json";
    /** JSON with the names of the Elastic Common Schema. */
    public static final String ECS = "ecs";

    /** At this level a gateway that is well says nothing. */
    public static final String DEFAULT_LEVEL = "info";

    /** Enough to tell clients apart; who needs to find somebody asks for more. */
    public static final String DEFAULT_ADDRESSES = "masked";
}
