package io.depthcast.auth;

/** What became of a credential. */
public sealed interface Verification permits Identity, TokenFault {}
