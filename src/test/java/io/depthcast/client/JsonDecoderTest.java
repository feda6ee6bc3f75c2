package io.depthcast.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.Instrument;
import io.depthcast.book.Levels;
import io.depthcast.book.StepSize;
import io.depthcast.wire.FeedStatus;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonDecoderTest {
    private static final Instrument QUARTERS =
            new Instrument(3, "Q", StepSize.parse("0.25"), StepSize.parse("0.00000001"));

    private final Recording recording = new Recording();

    @Test
    void shouldSkipFieldsAndTypesItDoesNotKnow() {
        assertThat(decode(
                        "[{'type':'weather','sun':[1,{}]},{'type':'heartbeat','x':[{}],'time':5,'feed':'live','y':2}]"))
                .isEqualTo(DecodeResult.DECODED);
        assertThat(recording.heard).isEqualTo(List.of(new Recording.Heartbeat(FeedStatus.LIVE, 5)));
    }

    @Test
    void shouldTurnDecimalsIntoTicksAndLotsExactly() {
        assertThat(decode("{'type':'delta','channel':'book','symbol':'Q','epoch':1,'previous':2,'sequence':3,'time':4,"
                        + "'sent':5,'checksum':4294967295,'bids':[['0.25','0'],['-0.50','0.00000001'],"
                        + "['1152921504606846975.75','92233720368.54775807']],'asks':[['2','1.5']]}"))
                .isEqualTo(DecodeResult.DECODED);
        assertThat(recording.heard)
                .isEqualTo(List.of(new BookMessage(
                        3,
                        1,
                        2,
                        3,
                        4,
                        5,
                        -1,
                        new Levels(new long[] {1, -2, 4611686018427387903L}, new long[] {0, 1, Long.MAX_VALUE}),
                        new Levels(new long[] {8}, new long[] {150_000_000}))));
    }

    @ParameterizedTest
    @CsvSource({
        "0.26",
        "0.",
        ".5",
        "''",
        "-",
        "1e3",
        "+1",
        "1.2.5",
        "' 1'",
        "0x1",
        "NaN",
        "-.25",
        "1.-5",
        "0.1000000000000000001",
        "99999999999999999999",
        "0.00000000000000000000000000000000000000000000000000000000000000001"
    })
    void shouldRefuseAPriceThatIsNoMultipleOfTheTick(String price) {
        assertThat(decode("{'type':'bbo','symbol':'Q','sequence':1,'time':2,'bid':['" + price
                        + "','1'],'ask':['1','1']}"))
                .isEqualTo(DecodeResult.BAD_VALUE);
        assertThat(recording.heard).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'op':'pong','time':5}                                                       | NOT_MARKET_DATA
            {}                                                                           | NOT_MARKET_DATA
            [{'op':'pong'}]                                                              | BAD_VALUE
            [1]                                                                          | BAD_VALUE
            7                                                                            | BAD_VALUE
            {'type':'heartbeat','feed':'live','time':5}                                  | BAD_VALUE
            {'type':'heartbeat','time':'5','feed':'live'}                                | BAD_VALUE
            {'type':'heartbeat','time':-5,'feed':'live'}                                 | BAD_VALUE
            {'type':'heartbeat','time':99999999999999999999,'feed':'live'}               | NOT_JSON
            {'type':'heartbeat','time':5,'feed':'asleep'}                                | BAD_VALUE
            {'type':'heartbeat','time':5,'feed':'live'                                   | TRUNCATED
            {'type':'heartbeat','time':5,,'feed':'live'}                                 | NOT_JSON
            {'type':'trades','symbol':'X','missed':0,'trades':[]}                        | UNKNOWN_INSTRUMENT
            {'type':'trades','symbol':'Q','missed':0,'trades':{}}                        | BAD_VALUE
            {'type':'trades','symbol':'Q','missed':0,'trades':[[]]}                      | BAD_VALUE
            {'type':'trades','symbol':'Q','missed':0,'trades':[{'id':1,'time':2,'side':'none'}]} | BAD_VALUE
            {'type':'bbo','symbol':'Q','sequence':1,'time':2,'bid':['1','-1'],'ask':['1','1']}   | BAD_VALUE
            {'type':'bbo','symbol':'Q','sequence':1,'time':2,'bid':['1'],'ask':['1','1']}        | BAD_VALUE
            {'type':'bbo','symbol':'Q','sequence':1,'time':2,'bid':[1,1],'ask':['1','1']}        | BAD_VALUE
            {'type':'bbo','symbol':'Q','sequence':1,'time':2,'bid':['1','1','1'],'ask':['1','1']}| BAD_VALUE
            {'type':'snapshot','symbol':'Q','epoch':1,'previous':1,'sequence':3,'time':4,'sent':5,'checksum':0,'bids':[],'asks':[]} | BAD_VALUE
            {'type':'delta','symbol':'Q','epoch':1,'previous':1,'sequence':3,'time':4,'sent':5,'checksum':4294967296,'bids':[],'asks':[]} | BAD_VALUE
            {'type':'heartbeat','x':[[[[[[[[[[1]]]]]]]]]],'time':5,'feed':'live'}        | NOT_JSON
            """)
    void shouldRefuseWhatIsNoMarketData(String text, DecodeResult expected) {
        assertThat(decode(text)).isEqualTo(expected);
        assertThat(recording.heard).isEmpty();
    }

    private DecodeResult decode(String text) {
        ByteBuf frame = Unpooled.copiedBuffer(text.replace('\'', '"'), StandardCharsets.UTF_8);
        return new JsonDecoder(symbol -> symbol.equals("Q") ? QUARTERS : null, recording).decode(frame);
    }
}
