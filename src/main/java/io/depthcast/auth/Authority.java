package io.depthcast.auth;

import java.security.Key;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Judges credentials, and gives tickets to those who cannot send a header. One thread. */
public final class Authority {
    /** Seconds within which a ticket has to be used. */
    public static final int TICKET_SECONDS = 30;
    /** Tickets of one subject that are not used yet: pages that a browser restores. */
    static final int MAX_TICKETS = 20;

    private static final long TICKET_MICROS = TimeUnit.SECONDS.toMicros(TICKET_SECONDS);
    private static final int TICKET_BYTES = 24;

    /**
     * @param keyId of the key that the holder's token was signed with
     * @param key that key, for another may come by its name
     */
    private record Ticket(Identity holder, String keyId, Key key, long issuedMicros) {
        boolean isValid(long wallMicros) {
            return wallMicros >= issuedMicros && wallMicros - issuedMicros < TICKET_MICROS;
        }
    }

    private final AuthSettings settings;
    private @Nullable KeySet keys;
    private @Nullable TokenVerifier verifier;
    private final SecureRandom random = new SecureRandom();
    /** The oldest first. */
    private final Map<String, Ticket> tickets = new LinkedHashMap<>();

    private final Map<String, Integer> ticketsBySubject = new HashMap<>();

    /** @param keys null where nobody has to show a token */
    public Authority(AuthSettings settings, @Nullable KeySet keys) {
        this.settings = settings;
        this.keys = keys;
        this.verifier = keys == null ? null : new TokenVerifier(settings, keys);
    }

    /**
     * From here on tokens are signed with these keys. Who is connected already stays so until its token ends; a ticket for
     * a token whose key is gone is worth nothing any more.
     */
    public void keys(KeySet changed) {
        keys = changed;
        verifier = new TokenVerifier(settings, changed);
        tickets.values().removeIf(ticket -> {
            boolean isVoid = !changed.has(ticket.keyId(), ticket.key());
            if (isVoid) {
                forget(ticket);
            }
            return isVoid;
        });
    }

    public Verification verify(Credential credential, long wallMicros) {
        if (verifier == null) {
            return Identity.ANYONE;
        }
        return switch (credential.kind()) {
            case NONE -> TokenFault.MISSING;
            case SEVERAL -> TokenFault.SEVERAL;
            case TOKEN -> verifier.verify(credential.text(), wallMicros);
            case TICKET -> redeem(credential.text(), wallMicros);
        };
    }

    /** As {@link #verify}, but a ticket stays good for its stream. */
    public Verification look(Credential credential, long wallMicros) {
        Ticket ticket = credential.kind() == Credential.Kind.TICKET ? tickets.get(credential.text()) : null;
        if (ticket == null) {
            return credential.kind() == Credential.Kind.TICKET && verifier != null
                    ? TokenFault.TICKET
                    : verify(credential, wallMicros);
        }
        return ticket.isValid(wallMicros) ? ticket.holder().at(wallMicros) : TokenFault.TICKET;
    }

    private Verification redeem(String text, long wallMicros) {
        Ticket ticket = tickets.remove(text);
        if (ticket == null) {
            return TokenFault.TICKET;
        }
        forget(ticket);
        return ticket.isValid(wallMicros) ? ticket.holder().at(wallMicros) : TokenFault.TICKET;
    }

    /**
     * A ticket that stands for this identity once; null if the subject has enough that are not used.
     *
     * @param token of that identity, verified just now
     */
    public @Nullable String issue(Identity holder, String token, long wallMicros) {
        sweep(wallMicros);
        String keyId = TokenVerifier.keyId(token);
        Key key = keys == null ? null : keys.key(keyId);
        if (key == null) {
            return null;
        }
        int held = ticketsBySubject.getOrDefault(holder.subject(), 0);
        if (held >= MAX_TICKETS) {
            return null;
        }
        byte[] bytes = new byte[TICKET_BYTES];
        random.nextBytes(bytes);
        String text = Base64.getUrlEncoder().encodeToString(bytes);
        tickets.put(text, new Ticket(holder, keyId, key, wallMicros));
        ticketsBySubject.put(holder.subject(), held + 1);
        return text;
    }

    private void sweep(long wallMicros) {
        Iterator<Ticket> oldestFirst = tickets.values().iterator();
        while (oldestFirst.hasNext()) {
            Ticket ticket = oldestFirst.next();
            if (ticket.isValid(wallMicros)) {
                return;
            }
            oldestFirst.remove();
            forget(ticket);
        }
    }

    private void forget(Ticket ticket) {
        ticketsBySubject.computeIfPresent(ticket.holder().subject(), (subject, held) -> held == 1 ? null : held - 1);
    }
}
