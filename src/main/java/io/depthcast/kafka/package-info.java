/**
 * How the brokers of Kafka are reached: where they are, and the file that has TLS, passwords and the rest. Any thread.
 */
@NullMarked
package io.depthcast.kafka;

import org.jspecify.annotations.NullMarked;
