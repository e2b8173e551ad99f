package org.alluvium.dashboard.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.alluvium.contracts.config.AlertConfig;
import org.alluvium.dashboard.run.Marker;
import org.alluvium.dashboard.run.RunIndex;
import org.alluvium.dashboard.series.Range;
import org.alluvium.dashboard.series.Track;
import org.alluvium.dashboard.series.Track.Place;

/**
 * Goes along a series with one rule. An alert arises where its condition has held for as many figures, and as long, as the rule
 * says; the next one only after the condition did not hold. Where steps are undone, what they raised goes with them. For one
 * thread at a time.
 */
final class RuleWatch {

    /** Alerts that are kept of a rule; the oldest go first. */
    private static final int MOST = 1_000;

    private static final String STEPS = "step";

    private final AlertConfig rule;
    private final List<Marker> alerts = new ArrayList<>();

    // How far it has gone, along which track as it was then.
    private Track along;
    private int cuts;
    private int next;
    private int streak;
    private long streakSince;
    private boolean raised;

    RuleWatch(AlertConfig rule) {
        this.rule = rule;
    }

    /** What has been raised, in its order. */
    List<Marker> alerts() {
        return List.copyOf(alerts);
    }

    /** Goes on to the newest figures. */
    void lookOn(RunIndex run) {
        if (rule.absentFor().isPresent()) {
            run.look(STEPS, (steps, none) -> lookForAbsence(run, steps));
        } else {
            run.look(rule.series(), this::lookOn);
        }
    }

    private void lookOn(Track track, String column) {
        beginAnewIfCut(track);
        if (next < track.rows() && nothingIsMet(track, column)) {
            passOver(track);
        }
        for (; next < track.rows(); next++) {
            double figure = track.get(column, next);
            take(met(figure), track, figure);
        }
    }

    /** Whether none of the figures to come meets the condition, found without looking at each of them. */
    private boolean nothingIsMet(Track track, String column) {
        Range range = track.range(column, next);
        return !within(range.min()) && !within(range.max()) && (!rule.notANumber() || track.allFinite(column, next));
    }

    private void passOver(Track track) {
        streak = 0;
        raised = false;
        next = track.rows();
    }

    private void beginAnewIfCut(Track track) {
        if (track != along || track.cuts() != cuts) {
            along = track;
            cuts = track.cuts();
            next = 0;
            streak = 0;
            raised = false;
            alerts.clear();
        }
    }

    private boolean met(double figure) {
        return (rule.notANumber() && !Double.isFinite(figure)) || within(figure);
    }

    private boolean within(double figure) {
        return rule.above().map(above -> figure > above).orElse(false)
                || rule.below().map(below -> figure < below).orElse(false);
    }

    private void take(boolean met, Track track, double figure) {
        if (!met) {
            streak = 0;
            raised = false;
            return;
        }
        Place place = track.place(next);
        if (streak++ == 0) {
            streakSince = place.millis();
        }
        long lasted = place.millis() - streakSince;
        if (!raised && streak >= rule.forFigures() && lasted >= rule.forTime().toMillis()) {
            raised = true;
            raise(place, figure);
        }
    }

    private void lookForAbsence(RunIndex run, Track steps) {
        beginAnewIfCut(steps);
        if (next == steps.rows()) {
            return;
        }
        List<Long> signs = signsOfLife(run, steps);
        long longest = rule.absentFor().orElseThrow().toMillis();
        if (longestWithout(signs, steps) < longest) {
            passOver(steps);
        }
        int sign = 0;
        for (; next < steps.rows(); next++) {
            long now = steps.place(next).millis();
            while (sign + 1 < signs.size() && signs.get(sign + 1) <= now) {
                sign++;
            }
            take(now - signs.get(sign) >= longest, steps, Double.NaN);
        }
    }

    private static long longestWithout(List<Long> signs, Track steps) {
        long longest = steps.place(steps.rows() - 1).millis() - signs.getLast();
        for (int i = 1; i < signs.size(); i++) {
            longest = Math.max(longest, signs.get(i) - signs.get(i - 1));
        }
        return longest;
    }

    /** When there was a figure, or a process began; the first step at the latest. */
    private List<Long> signsOfLife(RunIndex run, Track steps) {
        List<Long> signs = new ArrayList<>();
        signs.add(steps.place(0).millis());
        run.markers("start").forEach(start -> signs.add(start.time().toEpochMilli()));
        run.look(rule.series(), (track, column) -> {
            for (int row = 0; row < track.rows(); row++) {
                if (!Double.isNaN(track.get(column, row))) {
                    signs.add(track.place(row).millis());
                }
            }
        });
        signs.sort(null);
        return signs;
    }

    private void raise(Place place, double figure) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("rule", rule.name());
        fields.put("level", rule.level().name().toLowerCase(Locale.ROOT));
        fields.put("series", rule.series());
        if (Double.isFinite(figure)) {
            fields.put("value", figure);
        }
        fields.put("message", message(figure));
        if (alerts.size() == MOST) {
            alerts.removeFirst();
        }
        alerts.add(new Marker(place.step(), place.tokens(), Instant.ofEpochMilli(place.millis()), "alert", fields));
    }

    private String message(double figure) {
        StringBuilder text = new StringBuilder(rule.series());
        if (rule.absentFor().isPresent()) {
            return text.append(": nothing for ")
                    .append(written(rule.absentFor().get()))
                    .toString();
        }
        if (!Double.isFinite(figure)) {
            text.append(" is not a number");
        } else {
            boolean above = rule.above().map(bound -> figure > bound).orElse(false);
            double bound = above ? rule.above().orElseThrow() : rule.below().orElseThrow();
            text.append(String.format(Locale.ROOT, " is %.4g, %s %.4g", figure, above ? "above" : "below", bound));
        }
        if (rule.forFigures() > 1) {
            text.append(", ").append(rule.forFigures()).append(" times in a row");
        }
        if (!rule.forTime().isZero()) {
            text.append(", for ").append(written(rule.forTime()));
        }
        return text.toString();
    }

    private static String written(Duration duration) {
        return duration.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
    }
}
