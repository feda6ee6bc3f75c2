package io.depthcast.book;

/** The best level of each side. */
final class BestView extends BookView<BestBidOffer> {
    BestView(OrderBook book) {
        super(book);
    }

    @Override
    BestBidOffer changes(long heldVersion) {
        BookSide bids = book.bids();
        BookSide asks = book.asks();
        boolean hasBid = bids.count() > 0;
        boolean hasAsk = asks.count() > 0;
        return new BestBidOffer(
                book.instrumentId(),
                epoch(),
                version(),
                timeMicros(),
                hasBid ? bids.priceTicks(0) : 0,
                hasBid ? bids.sizeLots(0) : 0,
                hasAsk ? asks.priceTicks(0) : 0,
                hasAsk ? asks.sizeLots(0) : 0);
    }
}
