package io.depthcast.http;

import io.depthcast.wire.Form;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a client's permessage-deflate offers (RFC 7692, 7.1).
 *
 * @param windowBits the form's window: 0 if no offer is acceptable
 * @param response value of Sec-WebSocket-Extensions, null if there is none
 */
record DeflateOffer(int windowBits, @Nullable String response) {
    static final DeflateOffer NONE = new DeflateOffer(0, null);

    /** Parameter of an answer that binds us to refer to nothing before a message. */
    static final String NO_TAKEOVER = "server_no_context_takeover";

    private static final String NAME = "permessage-deflate";
    private static final int MIN_BITS = 8;

    /** The first acceptable offer of the header values, in order. */
    static DeflateOffer choose(List<String> headerValues) {
        for (String value : headerValues) {
            for (String offer : value.split(",", -1)) {
                DeflateOffer chosen = accept(offer.trim());
                if (chosen.windowBits > 0) {
                    return chosen;
                }
            }
        }
        return NONE;
    }

    /**
     * The same, but of an offer that says something of the client's own side: Netty's client, which XChange uses, offers
     * nothing but the name and takes an answer that says more for an error.
     */
    static DeflateOffer chooseExplicit(List<String> headerValues) {
        return choose(
                headerValues.stream().filter(value -> value.contains("client_")).toList());
    }

    private static DeflateOffer accept(String offer) {
        String[] parts = offer.split(";", -1);
        if (!parts[0].trim().equals(NAME)) {
            return NONE;
        }
        int window = Form.FULL_WINDOW_BITS;
        StringBuilder response = new StringBuilder(NAME).append("; client_no_context_takeover");
        String seen = ";";
        for (int i = 1; i < parts.length; i++) {
            String[] parameter = parts[i].trim().split("=", 2);
            String name = parameter[0].trim();
            String value = parameter.length == 2 ? unquote(parameter[1].trim()) : "";
            if (seen.contains(";" + name + ";") || !isValid(name, value, parameter.length == 2)) {
                return NONE;
            }
            seen += name + ";";
            if (name.equals(NO_TAKEOVER)) {
                response.append("; ").append(NO_TAKEOVER);
            } else if (name.equals("server_max_window_bits")) {
                response.append("; server_max_window_bits=").append(value);
                window = Integer.parseInt(value) < Form.FULL_WINDOW_BITS ? Form.SMALL_WINDOW_BITS : window;
            }
        }
        return new DeflateOffer(window, response.toString());
    }

    private static boolean isValid(String name, String value, boolean hasValue) {
        return switch (name) {
            case NO_TAKEOVER, "client_no_context_takeover" -> !hasValue;
            case "client_max_window_bits" -> !hasValue || isBits(value, MIN_BITS);
            case "server_max_window_bits" -> hasValue && isBits(value, Form.SMALL_WINDOW_BITS);
            default -> false;
        };
    }

    private static boolean isBits(String value, int min) {
        return value.matches("[1-9]|1[0-5]") && Integer.parseInt(value) >= min;
    }

    private static String unquote(String value) {
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
