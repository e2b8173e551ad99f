package org.alluvium.bench.dashboard;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What a file of events comes to, found by others than the dashboard. {@code main} is a process of its own that reads every figure
 * of every step, prints the facts and the most memory it had.
 *
 * @param events lines of the file
 * @param steps of them
 * @param smallest loss
 * @param largest loss
 * @param newest loss
 */
record EventFacts(long events, long steps, double smallest, double largest, double newest) {

    private static final String LOSS = "loss";

    /** Who reads. */
    enum Reader {
        JACKSON,
        DUCKDB
    }

    /** Reads a file: {@code EventFacts READER FILE}. */
    public static void main(String[] arguments) throws IOException, SQLException {
        Path file = Path.of(arguments[1]);
        EventFacts facts = switch (Reader.valueOf(arguments[0])) {
            case JACKSON -> byJackson(file);
            case DUCKDB -> byDuckDb(file);
        };
        System.out.println(
                facts.events + " " + facts.steps + " " + facts.smallest + " " + facts.largest + " " + facts.newest + " "
                        + DashboardProcess.peakBytes(ProcessHandle.current().pid()));
    }

    /** As {@code main} prints them. */
    static EventFacts parse(String[] words) {
        return new EventFacts(
                Long.parseLong(words[0]),
                Long.parseLong(words[1]),
                Double.parseDouble(words[2]),
                Double.parseDouble(words[3]),
                Double.parseDouble(words[4]));
    }

    private static EventFacts byJackson(Path file) throws IOException {
        JsonFactory json = JsonFactory.builder()
                .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                .build();
        long events = 0;
        long steps = 0;
        double smallest = Double.POSITIVE_INFINITY;
        double largest = Double.NEGATIVE_INFINITY;
        double newest = Double.NaN;
        try (JsonParser parser = json.createParser(file.toFile())) {
            while (parser.nextToken() != null) {
                events++;
                boolean step = false;
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    JsonToken value = parser.nextToken();
                    if (name.equals("type")) {
                        step = parser.getText().equals("step");
                        steps += step ? 1 : 0;
                    } else if (value.isNumeric()) {
                        double figure = parser.getDoubleValue();
                        if (step && name.equals(LOSS)) {
                            smallest = Math.min(smallest, figure);
                            largest = Math.max(largest, figure);
                            newest = figure;
                        }
                    }
                }
            }
        }
        return new EventFacts(events, steps, smallest, largest, newest);
    }

    private static EventFacts byDuckDb(Path file) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE event AS SELECT * FROM read_ndjson_auto('" + file + "')");
            ResultSet row = statement.executeQuery("""
                    SELECT count(*), count(*) FILTER (type = 'step'), min(loss), max(loss), arg_max(loss, step) FROM event
                    """);
            row.next();
            return new EventFacts(row.getLong(1), row.getLong(2), row.getDouble(3), row.getDouble(4), row.getDouble(5));
        }
    }
}
