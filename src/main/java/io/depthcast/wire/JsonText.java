package io.depthcast.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** Writes one JSON object of no particular haste into a buffer. */
final class JsonText {
    private static final JsonFactory JSON = new JsonFactory();

    private JsonText() {}

    /** Writes the fields of an object that is already begun. */
    interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    static void writeObject(ByteBuf out, Fields fields) {
        try (OutputStream stream = new ByteBufOutputStream(out);
                JsonGenerator json = JSON.createGenerator(stream)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a buffer has no I/O to fail", e);
        }
    }
}
