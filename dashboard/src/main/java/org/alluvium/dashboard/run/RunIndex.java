package org.alluvium.dashboard.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.alluvium.contracts.event.Event;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.dashboard.series.Points;
import org.alluvium.dashboard.series.Rows;
import org.alluvium.dashboard.series.Table;
import org.alluvium.dashboard.series.Track;
import org.alluvium.dashboard.series.Track.Place;
import org.alluvium.dashboard.series.Window;

/**
 * Everything that a run's events say, ready to be drawn. A series is named {@code type/figure}, such as {@code step/loss} or
 * {@code eval/bySource/web/bitsPerByte}; figures of a suite have its name in front. A process that goes on from a checkpoint,
 * or a guard that goes back, undoes the steps after it: their figures go, so that every series ascends. Thread-safe: one
 * thread reads on, any number ask.
 */
public final class RunIndex {

    /** Markers that are kept of one type; the oldest go first. */
    static final int MOST_MARKERS = 20_000;

    private static final Set<String> WITH_FIGURES =
            Set.of("step", "eval", "days", "prequential", "freshness", "suite", "evaluation", "checkpoint", "probe");
    private static final Set<String> MARKED =
            Set.of("start", "resume", "stop", "checkpoint", "spike", "takedown", "alert", "error", "sample");

    private static final List<String> OVER_AT_A_START = List.of("waiting", "error", "stop");

    private static final String SUITE = "suite/";

    private final RunLayout run;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    // Guarded by the lock.
    private EventLines lines;
    private final Map<String, Track> tracks = new LinkedHashMap<>();
    private final Map<String, List<Marker>> markers = new LinkedHashMap<>();
    private final Map<String, Event> latest = new LinkedHashMap<>();
    private long lastMillis;
    private long step;
    private long tokens;
    private long events;

    public RunIndex(RunLayout run) {
        this.run = run;
        lines = new EventLines(run.events());
    }

    /** The folder that is read. */
    public RunLayout run() {
        return run;
    }

    /**
     * Reads what has been added since the last call.
     *
     * @return whether anything has
     * @throws org.alluvium.contracts.error.AlluviumException if the events cannot be read
     */
    public boolean readOn() {
        boolean news = false;
        boolean more = true;
        while (more) {
            more = locked(lock.writeLock(), this::readBlock);
            news |= more;
        }
        return news;
    }

    private boolean readBlock() {
        if (lines.replaced()) {
            forget();
        }
        List<Line> news = lines.read();
        for (Line line : news) {
            switch (line) {
                case Line.Stepped stepped -> add(stepped.rows());
                case Line.Happened happened -> add(happened.event());
                case Line.Unreadable unreadable -> passOver(unreadable.place());
            }
        }
        return !news.isEmpty();
    }

    private void forget() {
        lines = new EventLines(run.events());
        tracks.clear();
        markers.clear();
        latest.clear();
        lastMillis = 0;
        step = 0;
        tokens = 0;
        events = 0;
    }

    private void add(StepRows steps) {
        Rows rows = steps.rows(step, tokens);
        int last = rows.count() - 1;
        events += rows.count();
        step = Math.round(rows.steps()[last]);
        tokens = Math.round(rows.tokens()[last]);
        lastMillis = Math.round(rows.millis()[last]);
        latest.remove("waiting");
        tracks.computeIfAbsent("step", name -> new Track()).add(rows);
    }

    private void add(Event event) {
        events++;
        lastMillis = event.time().toEpochMilli();
        latest.put(event.type(), event);
        place(event);
        if (WITH_FIGURES.contains(event.type())) {
            figures(event);
        }
        if (MARKED.contains(event.type())) {
            mark(event);
        }
    }

    private void passOver(String place) {
        Map<String, Object> fields =
                Map.of("what", "events", "message", place + ": a line that is no event is passed over");
        mark(new Event(Instant.ofEpochMilli(lastMillis), "alert", fields));
    }

    /** Where the run is, after this event. */
    private void place(Event event) {
        switch (event.type()) {
            case "start" -> OVER_AT_A_START.forEach(latest::remove);
            case "resume" -> undoAfter(whole(event, "step", 0));
            case "spike" -> {
                if (event.fields().containsKey("toStep")) {
                    undoAfter(whole(event, "toStep", 0));
                }
            }
            default -> {
                // Does not move the run.
            }
        }
    }

    private static long whole(Event event, String name, long otherwise) {
        return event.fields().get(name) instanceof Number number ? number.longValue() : otherwise;
    }

    private void undoAfter(long kept) {
        tracks.values().forEach(track -> track.cutFrom(kept + 1));
        step = kept;
        Track steps = tracks.get("step");
        tokens = steps == null || steps.rows() == 0
                ? 0
                : steps.place(steps.rows() - 1).tokens();
    }

    private void figures(Event event) {
        Track track = tracks.computeIfAbsent(kindOf(event), name -> new Track());
        track.begin(new Place(whole(event, "step", step), tokens, event.time().toEpochMilli()));
        Figures.of(event, track::put);
    }

    private static String kindOf(Event event) {
        return event.type().equals("suite") ? SUITE + event.text("suite") : event.type();
    }

    private void mark(Event event) {
        List<Marker> ofType = markers.computeIfAbsent(event.type(), type -> new ArrayList<>());
        if (ofType.size() == MOST_MARKERS) {
            ofType.removeFirst();
        }
        ofType.add(new Marker(whole(event, "step", step), tokens, event.time(), event.type(), event.fields()));
    }

    /** Names of all series. */
    public List<String> series() {
        return locked(
                lock.readLock(),
                () -> tracks.entrySet().stream()
                        .flatMap(track ->
                                track.getValue().columns().stream().map(column -> track.getKey() + "/" + column))
                        .toList());
    }

    /** What is drawn of a series; empty if there is none of that name. */
    public Optional<Points> points(String series, Window window) {
        return locked(
                lock.readLock(),
                () -> trackOf(series)
                        .filter(track -> track.columns().contains(columnOf(series)))
                        .map(track -> track.points(columnOf(series), window)));
    }

    /**
     * Every figure of some series, from a step on and at most so many rows; empty unless there are such series, and all of
     * one kind of event.
     */
    public Optional<Table> table(List<String> series, long fromStep, int limit) {
        return locked(lock.readLock(), () -> {
            List<Track> of = series.stream()
                    .flatMap(name -> trackOf(name).stream())
                    .distinct()
                    .toList();
            List<String> names = series.stream().map(RunIndex::columnOf).toList();
            return of.size() == 1 && of.getFirst().columns().containsAll(names)
                    ? Optional.of(of.getFirst().table(names, fromStep, limit))
                    : Optional.empty();
        });
    }

    /** Where a figure of steps first was not below a bound; empty if it never was. */
    public Optional<Place> firstStep(String figure, double bound) {
        return locked(lock.readLock(), () -> {
            Track steps = tracks.getOrDefault("step", new Track());
            OptionalInt row = steps.firstFrom(figure, bound);
            return row.isPresent() ? Optional.of(steps.place(row.getAsInt())) : Optional.empty();
        });
    }

    /**
     * Lets somebody look at a series, or at a kind of event, while nothing is added; at nothing if there is none of that name.
     *
     * @param look takes the track, of which it changes nothing, and the name of the column, empty for a kind of event
     */
    public void look(String series, BiConsumer<Track, String> look) {
        locked(lock.readLock(), () -> {
            String column = columnOf(series);
            trackOf(series)
                    .filter(track -> column.isEmpty() || track.columns().contains(column))
                    .ifPresent(track -> look.accept(track, column));
            return column;
        });
    }

    /** Where the run was at a time; empty if it had not begun. */
    public Optional<Place> at(Instant time) {
        return locked(lock.readLock(), () -> {
            Track steps = tracks.getOrDefault("step", new Track());
            int row = steps.rowsUntil(time.toEpochMilli()) - 1;
            return row < 0 ? Optional.empty() : Optional.of(steps.place(row));
        });
    }

    private Optional<Track> trackOf(String series) {
        return Optional.ofNullable(tracks.get(kindOf(series)));
    }

    /** The part of a series' name that says which kind of event it is of; the rest is its column. */
    private static String kindOf(String series) {
        int end = series.indexOf('/');
        if (series.startsWith(SUITE)) {
            end = series.indexOf('/', SUITE.length());
        }
        return end < 0 ? series : series.substring(0, end);
    }

    private static String columnOf(String series) {
        String kind = kindOf(series);
        return kind.length() == series.length() ? "" : series.substring(kind.length() + 1);
    }

    /** What happened, of one type and in its order. */
    public List<Marker> markers(String type) {
        return locked(lock.readLock(), () -> List.copyOf(markers.getOrDefault(type, List.of())));
    }

    /** The newest event of a type; none of {@code waiting}, {@code error} and {@code stop} once they are over. */
    public Optional<Event> latest(String type) {
        return locked(
                lock.readLock(), () -> type.equals("step") ? latestStep() : Optional.ofNullable(latest.get(type)));
    }

    /** Made of the last row, as no event is kept of a step. */
    private Optional<Event> latestStep() {
        Track track = tracks.get("step");
        if (track == null || track.rows() == 0) {
            return Optional.empty();
        }
        int row = track.rows() - 1;
        Place place = track.place(row);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("step", place.step());
        fields.put("tokens", place.tokens());
        track.columns().forEach(column -> fields.put(column, track.get(column, row)));
        return Optional.of(new Event(Instant.ofEpochMilli(place.millis()), "step", fields));
    }

    /** When the newest event was written. */
    public Optional<Instant> lastEvent() {
        return locked(
                lock.readLock(), () -> events == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(lastMillis)));
    }

    /** How many events have been read. */
    public long events() {
        return locked(lock.readLock(), () -> events);
    }

    private static <T> T locked(Lock lock, Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
