/**
 * Who a client is and what it may see: the key set of an operator, JSON Web Tokens (RFC 7519) and tickets. Nothing here
 * keeps a token; what an identity, a credential or a key set prints has no secret in it.
 *
 * <p>Threads: {@link io.depthcast.auth.Authority} belongs to the loop that admits; everything else is immutable. Wall time is
 * an argument.
 */
@NullMarked
package io.depthcast.auth;

import org.jspecify.annotations.NullMarked;
