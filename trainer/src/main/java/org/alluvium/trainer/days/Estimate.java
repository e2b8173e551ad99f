package org.alluvium.trainer.days;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What some documents cost on average, and how far another draw of documents of the same period would lie from that.
 *
 * @param value sum of the costs over the sum of the sizes; not a number where there is no size
 * @param standardError of the value; not a number for fewer than two documents
 */
public record Estimate(double value, double standardError) {

    /**
     * The ratio estimate and its standard error (Cochran, Sampling Techniques, 1977, section 6.4): documents are the units that are
     * drawn, so long ones weigh more, and losses within one need not be independent. Without the correction for finite
     * populations, since what is asked about is what was published then, not the documents that happen to be held out.
     */
    static <T> Estimate ratio(List<T> of, ToDoubleFunction<T> cost, ToDoubleFunction<T> size) {
        double costs = 0;
        double sizes = 0;
        for (T each : of) {
            costs += cost.applyAsDouble(each);
            sizes += size.applyAsDouble(each);
        }
        double ratio = costs / sizes;
        double squares = 0;
        for (T each : of) {
            double off = cost.applyAsDouble(each) - ratio * size.applyAsDouble(each);
            squares += off * off;
        }
        int n = of.size();
        double error = n < 2 ? Double.NaN : Math.sqrt(n / (n - 1.0) * squares) / sizes;
        return new Estimate(ratio, error);
    }
}
