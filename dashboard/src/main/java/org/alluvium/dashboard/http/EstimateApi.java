package org.alluvium.dashboard.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.alluvium.dashboard.estimate.Estimate;
import org.alluvium.dashboard.estimate.PowerLaw;
import org.alluvium.dashboard.estimate.Work;
import org.alluvium.dashboard.run.RunIndex;
import org.alluvium.dashboard.series.Axis;
import org.alluvium.dashboard.series.Points;
import org.alluvium.dashboard.series.Window;

/**
 * What pages ask of the future, by GET; each answer is a JSON object:
 *
 * <pre>
 * /api/estimate?parameters=&amp;tokens=&amp;days=&amp;flops=&amp;watts=&amp;price=&amp;layers=&amp;channels=&amp;context=   {@link Estimate}
 * /api/forecast?run=&amp;tokens=    floor, exponent and points ({@link PowerLaw.Forecast}) of the loss up to so many tokens;
 *                               no points where nothing can be said yet
 * </pre>
 */
final class EstimateApi {

    private static final int STRETCHES = 64;
    private static final double BEGIN = 0.1; // of the run, in which the rate still rises
    private static final int DRAWN = 60;
    private static final String LOSS = "step/loss";

    private final RunApi runs;

    EstimateApi(RunApi runs) {
        this.runs = runs;
    }

    Map<String, Question> questions() {
        return Map.of(
                "/api/estimate",
                EstimateApi::estimate,
                "/api/forecast",
                query -> Reply.json(forecast(runs.run(query), query.number("tokens", 0))));
    }

    private static Reply estimate(Query query) {
        try {
            Work work = new Work(
                    query.number("parameters", 0),
                    query.number("tokens", 0),
                    new Work.Attention(
                            query.whole("layers", 0, 100_000),
                            query.whole("channels", 0, 1_000_000),
                            query.whole("context", 0, Integer.MAX_VALUE)));
            Estimate.Device device =
                    new Estimate.Device(query.number("flops", 0), query.number("watts", 0), query.number("price", 0));
            return Reply.json(Estimate.of(work, query.number("days", 1), device));
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest("There is no such run: " + e.getMessage() + ".");
        }
    }

    private static Map<String, Object> forecast(RunIndex run, double tokens) {
        List<PowerLaw.Point> points = stretches(run);
        Optional<PowerLaw> law = PowerLaw.fit(points);
        if (law.isEmpty()) {
            return Map.of("measured", points, "points", List.of()); // too few steps, or the loss does not fall yet
        }
        double first = points.getFirst().tokens();
        double last = Math.max(tokens, points.getLast().tokens());
        List<PowerLaw.Forecast> drawn = new ArrayList<>();
        for (int i = 0; i <= DRAWN; i++) {
            drawn.add(law.get().at(first * Math.pow(last / first, (double) i / DRAWN)));
        }
        Map<String, Object> forecast = new LinkedHashMap<>();
        forecast.put("floor", law.get().floor());
        forecast.put("exponent", law.get().exponent());
        forecast.put("measured", points);
        forecast.put("points", drawn);
        return forecast;
    }

    /** Mean losses of stretches that are even in the logarithm of tokens, without the begin of the run. */
    private static List<PowerLaw.Point> stretches(RunIndex run) {
        Window all = new Window(Axis.TOKENS, 0, Double.POSITIVE_INFINITY, Window.MOST_POINTS, false, 0.9);
        Points loss = run.points(LOSS, all).orElseGet(Points::empty);
        int size = loss.x().size();
        int from = (int) (BEGIN * size);
        List<PowerLaw.Point> points = new ArrayList<>();
        for (int stretch = 0; stretch < STRETCHES && from < size; stretch++) {
            int to = Math.max(from + 1, (int)
                    Math.round(from * Math.pow((double) size / Math.max(1, from), 1.0 / (STRETCHES - stretch))));
            double sum = 0;
            int counted = 0;
            for (int i = from; i < Math.min(to, size); i++) {
                if (loss.value().get(i) != null) {
                    sum += loss.value().get(i);
                    counted++;
                }
            }
            if (counted > 0) {
                points.add(new PowerLaw.Point(loss.x().get((from + Math.min(to, size) - 1) / 2), sum / counted));
            }
            from = to;
        }
        return points;
    }
}
