import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import info.bitrich.xchangestream.binance.BinanceStreamingExchange;
import info.bitrich.xchangestream.binance.BinanceStreamingService;
import info.bitrich.xchangestream.binance.KlineSubscription;
import info.bitrich.xchangestream.core.ProductSubscription;
import info.bitrich.xchangestream.core.StreamingExchange;
import info.bitrich.xchangestream.core.StreamingExchangeFactory;
import java.net.URI;
import java.net.URLEncoder;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.knowm.xchange.ExchangeSpecification;
import org.knowm.xchange.currency.CurrencyPair;
import org.knowm.xchange.dto.Order;
import org.knowm.xchange.dto.marketdata.OrderBook;
import org.knowm.xchange.dto.marketdata.Ticker;
import org.knowm.xchange.dto.marketdata.Trade;
import org.knowm.xchange.dto.trade.LimitOrder;

/**
 * XChange with another base URL: prints each book that it has, each trade and each ticker as a line of JSON, for {@code
 * run.cjs} to compare. Arguments: the base URL, the pair and for how many seconds.
 */
public final class XchangeBooks {
    private XchangeBooks() {}

    /** The only change: where streams are. And what it reads is looked at, for its books do not say which update they are of. */
    public static final class Elsewhere extends BinanceStreamingExchange {
        static String streams = "";
        /** Of the change that it is at; on its own thread, on which it also hands on the book that comes of it. */
        static long updateId;

        @Override
        protected String getStreamingBaseUri() {
            return streams;
        }

        @Override
        protected BinanceStreamingService createStreamingService(
                ProductSubscription subscription, KlineSubscription candles) {
            String uri = streams + "stream?streams=" + URLEncoder.encode(buildSubscriptionStreams(subscription), UTF_8);
            BinanceStreamingService service =
                    new BinanceStreamingService(uri, subscription, candles, getExchangeSpecification()) {
                        @Override
                        protected void handleMessage(JsonNode message) {
                            updateId = message.path("data").path("u").asLong(updateId);
                            super.handleMessage(message);
                        }
                    };
            applyStreamingSpecification(getExchangeSpecification(), service);
            return service;
        }
    }

    public static void main(String[] args) throws InterruptedException {
        try {
            follow(args);
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    private static void follow(String[] args) throws InterruptedException {
        URI base = URI.create(args[0]);
        CurrencyPair pair = new CurrencyPair(args[1]);
        Elsewhere.streams = args[0].replaceFirst("^http", "ws") + "/binance/";
        ExchangeSpecification specification = new ExchangeSpecification(Elsewhere.class);
        specification.setSslUri(args[0] + "/binance");
        specification.setHost(base.getHost());
        specification.setPort(base.getPort());
        specification.setExchangeSpecificParametersItem(BinanceStreamingExchange.USE_HIGHER_UPDATE_FREQUENCY, true);
        StreamingExchange exchange = StreamingExchangeFactory.INSTANCE.createExchange(specification);
        exchange.connect(ProductSubscription.create()
                        .addOrderbook(pair)
                        .addTrades(pair)
                        .addTicker(pair)
                        .build())
                .blockingAwait();
        var market = exchange.getStreamingMarketDataService();
        var books = market.getOrderBook(pair).subscribe(XchangeBooks::print, XchangeBooks::fail);
        var trades = market.getTrades(pair).subscribe(XchangeBooks::print, XchangeBooks::fail);
        var tickers = market.getTicker(pair).subscribe(XchangeBooks::print, XchangeBooks::fail);
        TimeUnit.SECONDS.sleep(Long.parseLong(args[2]));
        List.of(books, trades, tickers).forEach(each -> each.dispose());
        exchange.disconnect().blockingAwait();
        System.exit(0);
    }

    private static void print(OrderBook book) {
        line("{\"book\":" + Elsewhere.updateId + ",\"time\":"
                + book.getTimeStamp().getTime() + ",\"bids\":" + levels(book.getBids()) + ",\"asks\":"
                + levels(book.getAsks()) + "}");
    }

    private static String levels(List<LimitOrder> orders) {
        StringBuilder text = new StringBuilder("[");
        for (LimitOrder order : orders) {
            text.append(text.length() > 1 ? "," : "")
                    .append("[\"")
                    .append(order.getLimitPrice().toPlainString())
                    .append("\",\"")
                    .append(order.getOriginalAmount().toPlainString())
                    .append("\"]");
        }
        return text.append(']').toString();
    }

    /** XChange gives the side of the maker, who is not the one whom the gateway's own clients are told of. */
    private static void print(Trade trade) {
        line("{\"trade\":" + trade.getId() + ",\"price\":" + trade.getPrice().toPlainString() + ",\"size\":"
                + trade.getOriginalAmount().toPlainString() + ",\"side\":\""
                + (trade.getType() == Order.OrderType.ASK ? "buy" : "sell") + "\",\"time\":"
                + trade.getTimestamp().getTime() + "}");
    }

    private static void print(Ticker ticker) {
        line("{\"ticker\":" + ticker.getLast().toPlainString() + "}");
    }

    private static void line(String json) {
        System.out.println(json);
    }

    private static void fail(Throwable error) {
        error.printStackTrace();
        System.exit(1);
    }
}
