package io.depthcast.loadtest.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.ToDoubleFunction;

/** The results of all passes, and their medians as a table and as JSON. */
final class Passes {
    private static final String HEAD =
            "| server | messages/s | CPU us/message | x floor | CPU us/update | x floor | bytes/message | p50 ms | p99 ms"
                    + " | x floor | p99.9 ms | x floor | KiB/client | opened in s | CPU us each | faults |";

    private final Scenario scenario;
    private final List<Contender> contenders;
    /** By pass, then by contender. */
    private final List<Map<Contender, Result>> passes = new ArrayList<>();

    Passes(Scenario scenario, List<Contender> contenders) {
        this.scenario = scenario;
        this.contenders = contenders;
    }

    void begin() {
        passes.add(new LinkedHashMap<>());
    }

    void add(Result result) {
        passes.get(passes.size() - 1).put(result.contender(), result);
    }

    String table() {
        StringBuilder table = new StringBuilder(HEAD).append('\n');
        table.append(HEAD.replaceAll("[^|]+", "---")).append('\n');
        for (Contender contender : contenders) {
            if (!Double.isNaN(median(contender, Result::cpuMicros))) {
                table.append(row(contender)).append('\n');
            }
        }
        return table.toString();
    }

    private String row(Contender contender) {
        return String.format(
                Locale.ROOT,
                "| %s | %,.0f | %.2f | %.2f | %.3f | %.3f | %.0f | %.1f | %.1f | %.2f | %.1f | %.2f | %.1f | %.1f | %.0f | %.0f |",
                contender.key(),
                median(contender, Result::messagesPerSecond),
                median(contender, Result::cpuMicros),
                ratio(contender, Result::cpuMicros),
                median(contender, Result::cpuMicrosPerUpdate),
                ratio(contender, Result::cpuMicrosPerUpdate),
                median(contender, result -> result.measured().bytesPerMessage()),
                median(contender, Result::p50),
                median(contender, Result::p99),
                ratio(contender, Result::p99),
                median(contender, Result::p999),
                ratio(contender, Result::p999),
                first(contender, Result::residentBytesPerClient) / 1_024,
                median(contender, Result::openSeconds),
                median(contender, Result::openCpuMicros),
                median(contender, result -> result.measured().tally().faults()));
    }

    private double median(Contender contender, ToDoubleFunction<Result> figure) {
        return median(over(contender, (result, floor) -> figure.applyAsDouble(result)));
    }

    /** Later passes find memory that the first one left. */
    private double first(Contender contender, ToDoubleFunction<Result> figure) {
        Result result = passes.get(0).get(contender);
        return result == null ? Double.NaN : figure.applyAsDouble(result);
    }

    /** The median of the ratios to the floor of the same pass. */
    private double ratio(Contender contender, ToDoubleFunction<Result> figure) {
        return median(over(contender, (result, floor) -> figure.applyAsDouble(result) / figure.applyAsDouble(floor)));
    }

    private List<Double> over(Contender contender, BiFunction<Result, Result, Double> figure) {
        List<Double> figures = new ArrayList<>();
        for (Map<Contender, Result> pass : passes) {
            Result result = pass.get(contender);
            Result floor = pass.get(scenario.floorOf(contender));
            if (result != null && floor != null) {
                figures.add(figure.apply(result, floor));
            }
        }
        return figures;
    }

    private static double median(List<Double> figures) {
        List<Double> sorted = figures.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.isEmpty()
                ? Double.NaN
                : sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** Every single run, one object a line. */
    String json() {
        StringBuilder json = new StringBuilder();
        for (int pass = 0; pass < passes.size(); pass++) {
            for (Result result : passes.get(pass).values()) {
                json.append(json(pass, result)).append('\n');
            }
        }
        return json.toString();
    }

    private String json(int pass, Result result) {
        return String.format(
                Locale.ROOT,
                "{\"scenario\":\"%s\",\"pass\":%d,\"server\":\"%s\",\"clients\":%d,\"ratePerSecond\":%s,"
                        + "\"messagesPerSecond\":%.1f,\"cpuMicrosPerMessage\":%.3f,\"cpuMicrosPerUpdate\":%.4f,"
                        + "\"bytesPerMessage\":%.1f,\"p50Millis\":%.3f,\"p99Millis\":%.3f,\"p999Millis\":%.3f,"
                        + "\"residentBytesPerClient\":%.0f,\"openSeconds\":%.2f,\"openCpuMicros\":%.1f,\"faults\":%d}",
                scenario,
                pass + 1,
                result.contender().name(),
                result.contender().clients(),
                result.contender().ratePerSecond(),
                result.messagesPerSecond(),
                result.cpuMicros(),
                result.cpuMicrosPerUpdate(),
                result.measured().bytesPerMessage(),
                result.p50(),
                result.p99(),
                result.p999(),
                result.residentBytesPerClient(),
                result.openSeconds(),
                result.openCpuMicros(),
                result.measured().tally().faults());
    }
}
