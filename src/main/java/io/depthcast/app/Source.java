package io.depthcast.app;

import java.util.List;

/** What one place gives, and what is wrong with the place itself. */
record Source(List<Given> given, List<String> mistakes) {}
