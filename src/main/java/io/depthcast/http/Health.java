package io.depthcast.http;

/**
 * What a check found.
 *
 * @param detail a few words for the person who looks at the probe
 */
public record Health(boolean healthy, String detail) {}
