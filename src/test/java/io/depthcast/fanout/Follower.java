package io.depthcast.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.depthcast.book.Candle;
import io.depthcast.client.BestBidOfferMessage;
import io.depthcast.client.BookMessage;
import io.depthcast.client.DecodeResult;
import io.depthcast.client.MarketListener;
import io.depthcast.client.ProvedBook;
import io.depthcast.client.SbeDecoder;
import io.depthcast.client.TradesMessage;
import io.depthcast.wire.Encodings;
import io.depthcast.wire.Form;
import io.depthcast.wire.Frame;
import io.depthcast.wire.ReceivedMessage;
import io.depthcast.wire.StreamKey;
import io.depthcast.wire.View;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A subscriber that reads what it is sent, and holds every book to its versions and checksums. It stands where a session
 * does, without socket or handshake, so that a test plays each flush; messages are decoded and proved by the client's own
 * means.
 */
final class Follower extends Subscriber implements MarketListener {
    private final BenchLoop loop;
    private final Form form;
    private final List<String> heard = new ArrayList<>();
    private final Map<Integer, ProvedBook> books = new HashMap<>();

    boolean room = true;
    boolean broken;
    Runnable whileSending = () -> {};

    /** Messages that the loop had made when this one was sent. */
    int messagesMade;

    /** Bytes of the last message on the wire. */
    int messageBytes;

    Follower(BenchLoop loop, Form form) {
        this.loop = loop;
        this.form = form;
    }

    static StreamKey book(int instrumentId) {
        return new StreamKey(instrumentId, new View.Book(10));
    }

    /** Follows a stream from nothing, at every flush. */
    Subscription follow(StreamKey key) {
        return follow(key, 0, 0, 1);
    }

    Subscription follow(StreamKey key, long epoch, long version, int cadence) {
        Subscription subscription = new Subscription(key, cadence);
        loop.audience().join(this, subscription, epoch, version);
        loop.audience().askNow(this, subscription);
        return subscription;
    }

    /** What was heard since the last call: messages, one line each. */
    List<String> take() {
        List<String> taken = List.copyOf(heard);
        heard.clear();
        return taken;
    }

    @Override
    public Form form() {
        return form;
    }

    @Override
    public boolean hasRoom(long nowNanos) {
        return room;
    }

    @Override
    protected void send(List<Frame> frames, MessageCache messages) {
        if (broken) {
            throw new IllegalStateException("expected by the test");
        }
        ReceivedMessage message = ReceivedMessage.take(messages.message(form, frames));
        messagesMade = messages.size();
        messageBytes = message.wire().length;
        if (form.encoding() == Encodings.COMPACT) {
            heard.add("compact");
        } else if (form.encoding().isBinary()) {
            assertThat(new SbeDecoder(this).decode(Unpooled.wrappedBuffer(message.payload())))
                    .isEqualTo(DecodeResult.DECODED);
        } else {
            heard.add("json");
        }
        whileSending.run();
    }

    @Override
    public void onFailure() {
        heard.add("failed");
    }

    @Override
    public void onBook(BookMessage book) {
        heard.add(String.format(
                "%s %d %d>%d",
                book.isSnapshot() ? "snapshot" : "delta", book.instrumentId(), book.previous(), book.sequence()));
        ProvedBook proved = books.computeIfAbsent(book.instrumentId(), id -> new ProvedBook());
        // A test that names a version to start from has no book of that version to prove.
        assertThat(proved.apply(book)).isIn(ProvedBook.Outcome.APPLIED, ProvedBook.Outcome.IGNORED);
    }

    @Override
    public void onBestBidOffer(BestBidOfferMessage best) {
        heard.add(String.format(
                "bbo %d @%d %d/%d", best.instrumentId(), best.sequence(), best.bidPriceTicks(), best.askPriceTicks()));
    }

    @Override
    public void onTrades(TradesMessage trades) {
        heard.add(String.format(
                "trades %d %s missed %d",
                trades.instrumentId(),
                trades.trades().stream().map(trade -> trade.id()).toList(),
                trades.missed()));
    }

    @Override
    public void onCandle(Candle candle) {
        heard.add(String.format(
                "candle %d %d trades%s", candle.closeTicks(), candle.trades(), candle.closed() ? " closed" : ""));
    }
}
