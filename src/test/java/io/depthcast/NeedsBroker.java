package io.depthcast;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * Of a test class that starts a {@link KafkaBroker}. {@code mvn verify} leaves it out, and {@code mvn -Pbroker test} runs
 * nothing else. {@link NeedsTest} holds every class to it.
 */
@Tag("broker")
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface NeedsBroker {}
