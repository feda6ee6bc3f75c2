package io.depthcast.client;

/** What became of a WebSocket message. Whatever preceded a fault in it has been delivered, nothing after. */
public enum DecodeResult {
    /** All of it was delivered, but for what a newer gateway may add. */
    DECODED,
    /** A JSON object that is no market data: a control message, for somebody else to read. */
    NOT_MARKET_DATA,
    /** It ends early. */
    TRUNCATED,
    /** A length or the framing header makes no sense. */
    BAD_FRAMING,
    /** SBE of another schema. */
    WRONG_SCHEMA,
    /** Not JSON. */
    NOT_JSON,
    /** A value is missing, outside its range or longer than it need be. */
    BAD_VALUE,
    /** A symbol whose tick and lot size are not known, so that its decimals mean nothing. */
    UNKNOWN_INSTRUMENT
}
