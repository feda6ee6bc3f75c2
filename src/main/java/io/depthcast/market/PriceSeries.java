package io.depthcast.market;

/** Logarithms of a price at equal intervals, and the statistics of its returns. */
final class PriceSeries {
    private final double[] logs;
    private int count;

    PriceSeries(int capacity) {
        logs = new double[capacity];
    }

    void add(double price) {
        logs[count++] = StrictMath.log(price);
    }

    /** Fourth moment of the returns over so many intervals beside that of a normal distribution: 0 if they were normal. */
    double excessKurtosis(int horizon) {
        double[] returns = returns(horizon);
        double mean = mean(returns);
        double second = 0;
        double fourth = 0;
        for (double r : returns) {
            double square = (r - mean) * (r - mean);
            second += square;
            fourth += square * square;
        }
        return fourth * returns.length / (second * second) - 3;
    }

    /** Autocorrelation of the returns over so many intervals, so many returns apart. */
    double autocorrelation(int horizon, int lag) {
        return lagged(returns(horizon), lag);
    }

    /** As {@link #autocorrelation}, of what the returns are without their signs. */
    double absoluteAutocorrelation(int horizon, int lag) {
        double[] returns = returns(horizon);
        for (int i = 0; i < returns.length; i++) {
            returns[i] = Math.abs(returns[i]);
        }
        return lagged(returns, lag);
    }

    /** Correlation of the returns with those of another series over the same intervals. */
    double correlation(PriceSeries other, int horizon) {
        double[] mine = centred(returns(horizon));
        double[] others = centred(other.returns(horizon));
        return dot(mine, 0, others) / Math.sqrt(dot(mine, 0, mine) * dot(others, 0, others));
    }

    private double[] returns(int horizon) {
        double[] returns = new double[(count - 1) / horizon];
        for (int i = 0; i < returns.length; i++) {
            returns[i] = logs[(i + 1) * horizon] - logs[i * horizon];
        }
        return returns;
    }

    private static double lagged(double[] values, int lag) {
        double[] centred = centred(values);
        return dot(centred, lag, centred) / dot(centred, 0, centred);
    }

    /** Sum of the products of each value with the one of the other that is {@code lag} earlier. */
    private static double dot(double[] values, int lag, double[] others) {
        double sum = 0;
        for (int i = lag; i < values.length; i++) {
            sum += values[i] * others[i - lag];
        }
        return sum;
    }

    private static double[] centred(double[] values) {
        double mean = mean(values);
        double[] centred = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            centred[i] = values[i] - mean;
        }
        return centred;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
