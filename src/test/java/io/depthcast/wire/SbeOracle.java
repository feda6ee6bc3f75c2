package io.depthcast.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.vertx.core.json.JsonObject;
import java.io.InputStream;
import org.agrona.concurrent.UnsafeBuffer;
import uk.co.real_logic.sbe.ir.Ir;
import uk.co.real_logic.sbe.json.JsonPrinter;
import uk.co.real_logic.sbe.xml.IrGenerator;
import uk.co.real_logic.sbe.xml.MessageSchema;
import uk.co.real_logic.sbe.xml.ParserOptions;
import uk.co.real_logic.sbe.xml.XmlSchemaParser;

/** The official tool, which knows nothing of ours but the schema file. */
final class SbeOracle {
    private final Ir ir;

    SbeOracle() throws Exception {
        ParserOptions strict =
                ParserOptions.builder().stopOnError(true).warningsFatal(true).build();
        try (InputStream xml = SbeOracle.class.getResourceAsStream("/depthcast-sbe.xml")) {
            MessageSchema schema = XmlSchemaParser.parse(xml, strict);
            ir = new IrGenerator().generate(schema);
        }
    }

    Ir ir() {
        return ir;
    }

    /** Checks the framing header of the one message in the buffer and reads the rest. */
    JsonObject read(ByteBuf framed) {
        if (framed.getInt(0) != framed.readableBytes() || framed.getUnsignedShort(4) != 0xEB50) {
            throw new AssertionError("framing header of " + ByteBufUtil.hexDump(framed));
        }
        byte[] message = ByteBufUtil.getBytes(framed, 6, framed.readableBytes() - 6);
        StringBuilder json = new StringBuilder();
        new JsonPrinter(ir).print(json, new UnsafeBuffer(message), 0);
        return new JsonObject(json.toString());
    }
}
