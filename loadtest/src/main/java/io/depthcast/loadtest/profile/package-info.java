/** Reads what the profiler wrote. Single-threaded. */
package io.depthcast.loadtest.profile;
