package io.depthcast.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/** The list of instruments as JSON, the same in a message and in the answer to a request. */
final class JsonListing {
    private JsonListing() {}

    /** Writes the field {@code instruments} of an object that is already begun. */
    static void write(List<ListedInstrument> instruments, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("instruments");
        for (ListedInstrument listed : instruments) {
            json.writeStartObject();
            json.writeNumberField("id", listed.instrument().id());
            json.writeStringField("symbol", listed.instrument().symbol());
            json.writeStringField("tickSize", listed.instrument().tickSize().toString());
            json.writeStringField("lotSize", listed.instrument().lotSize().toString());
            json.writeStringField("status", listed.status().text());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
