package io.depthcast.wire;

/** What a client's text was: a command, or something to refuse. */
public sealed interface ParsedCommand permits Command, Refusal, StreamCommand, StreamMistake {}
