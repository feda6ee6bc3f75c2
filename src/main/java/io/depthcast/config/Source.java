package io.depthcast.config;

import java.util.List;

/** What one place gives, and what is wrong with the place itself. */
public record Source(List<Given> given, List<String> mistakes) {}
