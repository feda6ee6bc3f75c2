package io.depthcast.loadtest.generator;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.depthcast.client.DecodeResult;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;

/**
 * One WebSocket of a client that counts, from the handshake to its end: cheap enough for 20,000 of them, and for peers that
 * speak other protocols. Clients that prove what they get are {@link ProvedClient}.
 */
final class Connection extends ChannelInboundHandlerAdapter implements FrameReader.Sink {
    private static final int ABNORMAL = 1006;
    private static final int MAX_HEAD_BYTES = 8_192;
    private static final Pattern RETRY_AFTER = Pattern.compile("(?i)\r\nretry-after: *(\\d{1,4})\r\n");
    private static final ByteBuf HEAD_END = Unpooled.wrappedBuffer("\r\n\r\n".getBytes(US_ASCII));
    private static final ByteBuf LINE_END = Unpooled.wrappedBuffer("\r\n".getBytes(US_ASCII));

    /** What a connection tells about itself, on the event loop. */
    interface Owner {
        void onUpgraded(Connection connection);

        /** The server takes nobody now; the connection ends. */
        void onRefused(Connection connection, int retryAfterSeconds);

        /** The subscription is answered, or, with a peer, the handshake. */
        void onSubscribed(Connection connection);

        /** Something went wrong; the connection ends. */
        void onComplaint(Connection connection, Throwable cause);

        /** @param code of the close frame, or {@value #ABNORMAL} */
        void onEnded(Connection connection, boolean wasSubscribed, boolean wasAsked, int code);
    }

    private final Client client;
    private final boolean isFirst;
    private final Dialect dialect;
    private final ByteBuf handshake;
    private final Tally tally;
    private final Owner owner;
    private final FrameReader frames = new FrameReader(this);
    private final MessageInflater inflater;
    private ByteBuf head = Unpooled.EMPTY_BUFFER;
    private ChannelHandlerContext context;
    private boolean upgraded;
    private boolean subscribed;
    private boolean asked;
    private boolean refused;
    private int closeCode = ABNORMAL;

    /**
     * @param isFirst whether the client has had no connection before
     * @param handshake shared by all connections; never consumed
     */
    Connection(Client client, boolean isFirst, Dialect dialect, ByteBuf handshake, Tally tally, Owner owner) {
        this.client = client;
        this.isFirst = isFirst;
        this.dialect = dialect;
        this.handshake = handshake;
        this.tally = tally;
        this.owner = owner;
        this.inflater = client.reads() ? new MessageInflater() : null;
    }

    Client client() {
        return client;
    }

    boolean isFirst() {
        return isFirst;
    }

    boolean isRefused() {
        return refused;
    }

    void send(ByteBuf frame) {
        context.writeAndFlush(frame, context.voidPromise());
    }

    /** Reads nothing more; whatever comes fills the kernel's buffers. */
    void stopReading() {
        context.channel().config().setAutoRead(false);
    }

    boolean isActive() {
        return context != null && context.channel().isActive();
    }

    /** Ends the connection without a close frame. */
    void end() {
        asked = true;
        context.close();
    }

    @Override
    public void channelActive(ChannelHandlerContext active) {
        context = active;
        context.writeAndFlush(handshake.retainedDuplicate(), context.voidPromise());
    }

    @Override
    public void channelRead(ChannelHandlerContext from, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            if (!upgraded) {
                readHead(in);
            }
            if (upgraded) {
                frames.read(in);
            }
        } finally {
            in.release();
        }
    }

    private void readHead(ByteBuf in) {
        head = Unpooled.wrappedBuffer(ByteBufUtil.getBytes(head), ByteBufUtil.getBytes(in));
        int end = ByteBufUtil.indexOf(HEAD_END, head);
        if (end < 0 && head.readableBytes() < MAX_HEAD_BYTES) {
            in.skipBytes(in.readableBytes());
            return;
        }
        String answer = Requests.text(head);
        if (!answer.startsWith("HTTP/1.1 101 ")) {
            readRefusal(answer);
            context.close();
            return;
        }
        in.readerIndex(in.writerIndex() - (head.writerIndex() - end - HEAD_END.readableBytes()));
        head = Unpooled.EMPTY_BUFFER;
        upgraded = true;
        owner.onUpgraded(this);
        if (dialect != Dialect.DEPTHCAST) {
            subscribed = true;
            owner.onSubscribed(this);
        }
    }

    /** Status 503 with a {@code Retry-After} (RFC 9110, 15.6.4) is an invitation to come again; all else is a failure. */
    private void readRefusal(String answer) {
        Matcher retryAfter = RETRY_AFTER.matcher(answer);
        if (answer.startsWith("HTTP/1.1 503 ") && retryAfter.find()) {
            refused = true;
            owner.onRefused(this, Integer.parseInt(retryAfter.group(1)));
        }
    }

    @Override
    public boolean wants(int opcode, boolean deflated) {
        return client.reads()
                || opcode >= FrameReader.CLOSE
                || (dialect == Dialect.DEPTHCAST && opcode == FrameReader.TEXT && !deflated);
    }

    @Override
    public void onFrame(int opcode, boolean last, boolean deflated, long wireBytes, ByteBuf payload) {
        if (!last) {
            throw new IllegalStateException("expected whole messages, got a fragment");
        }
        switch (opcode) {
            case FrameReader.PING -> send(Requests.pong(payload));
            case FrameReader.CLOSE -> {
                closeCode = payload.readableBytes() < Short.BYTES ? ABNORMAL : payload.getUnsignedShort(0);
                context.close();
            }
            case FrameReader.TEXT, FrameReader.BINARY -> onMessage(opcode, deflated, wireBytes, payload);
            default -> {
                // A pong that nobody asked for.
            }
        }
    }

    private void onMessage(int opcode, boolean deflated, long wireBytes, ByteBuf payload) {
        if (dialect == Dialect.DEPTHCAST && opcode == FrameReader.TEXT && !deflated && isControl(payload)) {
            onControl(Requests.text(payload));
            return;
        }
        tally.messages++;
        tally.bytes += wireBytes;
        tally.deflated += deflated ? 1 : 0;
        if (client.reads()) {
            read(deflated, payload);
        }
    }

    private static boolean isControl(ByteBuf payload) {
        return payload.readableBytes() > 4 && payload.getByte(payload.readerIndex() + 2) == 'o';
    }

    private void onControl(String text) {
        if (text.startsWith("{\"op\":\"subscribed\"") && !subscribed) {
            subscribed = true;
            owner.onSubscribed(this);
        } else if (text.startsWith("{\"op\":\"error\"")) {
            throw new IllegalStateException(text);
        }
    }

    private void read(boolean deflated, ByteBuf payload) {
        try {
            ByteBuf inflated = deflated ? inflater.inflate(payload) : payload;
            if (dialect == Dialect.NATS) {
                readNats(inflated);
            } else {
                readBook(inflated);
            }
        } catch (DataFormatException e) {
            tally.undecodable++;
        }
    }

    private void readBook(ByteBuf message) {
        tally.provedMessages++;
        DecodeResult result = client.books().read(true, message, nowMicros());
        tally.undecodable += result == DecodeResult.DECODED ? 0 : 1;
    }

    /** A frame of NATS holds as many messages as were there: {@code MSG m 1 LENGTH}, a line end, the message, a line end. */
    private void readNats(ByteBuf protocol) {
        int at = protocol.readerIndex();
        while (at < protocol.writerIndex()) {
            int end = ByteBufUtil.indexOf(LINE_END, protocol.slice(at, protocol.writerIndex() - at)) + at;
            String line = protocol.toString(at, end - at, US_ASCII);
            at = end + LINE_END.readableBytes();
            if (line.startsWith("MSG ")) {
                int length = Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1));
                readBook(protocol.slice(at, length));
                at += length + LINE_END.readableBytes();
            }
        }
    }

    private static long nowMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
        owner.onComplaint(this, cause);
        from.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext from) {
        frames.close();
        if (inflater != null) {
            inflater.close();
        }
        owner.onEnded(this, subscribed, asked, closeCode);
    }
}
