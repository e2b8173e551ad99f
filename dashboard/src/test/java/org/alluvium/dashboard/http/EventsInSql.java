package org.alluvium.dashboard.http;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A file of events as DuckDB reads it: what the dashboard shows, told a second time in another language. */
final class EventsInSql implements AutoCloseable {

    private final Connection connection;

    private EventsInSql(Connection connection) {
        this.connection = connection;
    }

    /** Events in the order of the file, and of these the ones that nothing after them undid. */
    static EventsInSql open(Path file) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET threads = 1");
            statement.execute("""
            CREATE TABLE event AS
            SELECT row_number() OVER () AS line,
                json_extract_string(json, '$.type') AS type,
                concat_ws('/', type, json_extract_string(json, '$.suite')) AS kind,
                json_extract_string(json, '$.step')::BIGINT AS step,
                json_extract_string(json, '$.toStep')::BIGINT AS to_step,
                json_extract_string(json, '$.tokens')::BIGINT AS tokens,
                epoch_ms(json_extract_string(json, '$.time')::TIMESTAMP) AS millis,
                json
            FROM read_ndjson_objects('%s');
            CREATE TABLE kept AS
            SELECT * FROM event WHERE NOT EXISTS (
                SELECT 1 FROM event AS later WHERE later.line > event.line AND (
                    (later.kind = event.kind AND later.step <= event.step)
                    OR (later.type = 'resume' AND later.step < event.step)
                    OR (later.type = 'spike' AND later.to_step < event.step)));
            """.formatted(file));
        }
        return new EventsInSql(connection);
    }

    /** A figure of an event that has been kept. */
    record Figure(long step, long millis, double value) {}

    /** What stands under a point. */
    record Under(long rows, Double min, Double max) {}

    private static String kindOf(String series) {
        String[] parts = series.split("/", -1);
        return parts[0].equals("suite") ? parts[0] + "/" + parts[1] : parts[0];
    }

    private static String pathOf(String series) {
        return "$." + series.substring(kindOf(series).length() + 1).replace('/', '.');
    }

    /** All figures of a series in their order, where the event has one. */
    List<Figure> figures(String series) throws SQLException {
        List<Figure> figures = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            ResultSet rows = statement.executeQuery(
                    "SELECT step, millis, value FROM (" + ofSeries(series) + ") WHERE value IS NOT NULL ORDER BY line");
            while (rows.next()) {
                figures.add(new Figure(rows.getLong(1), rows.getLong(2), rows.getDouble(3)));
            }
        }
        return figures;
    }

    private static String ofSeries(String series) {
        return "SELECT *, json_extract_string(json, '%s')::DOUBLE AS value FROM kept WHERE kind = '%s'"
                .formatted(pathOf(series), kindOf(series));
    }

    /** What stands under each point: the rows after the one before it, the first after a bound, up to its own. */
    List<Under> under(String series, String axis, double above, List<Double> points) throws SQLException {
        String query = """
                WITH point AS (SELECT unnest([%s]::DOUBLE[]) AS x),
                stretch AS (SELECT x AS high, lag(x, 1, '%s'::DOUBLE) OVER (ORDER BY x) AS low FROM point)
                SELECT count(line), min(value) FILTER (NOT isnan(value)), max(value) FILTER (NOT isnan(value))
                FROM stretch LEFT JOIN (%s) ON %s > low AND %4$s <= high GROUP BY high ORDER BY high
                """.formatted(exactly(points), above, ofSeries(series), axis);
        List<Under> under = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            ResultSet rows = statement.executeQuery(query);
            while (rows.next()) {
                under.add(new Under(rows.getLong(1), rows.getObject(2, Double.class), rows.getObject(3, Double.class)));
            }
        }
        return under;
    }

    /** As texts: a number that is written plainly is a decimal first, and not the nearest double then. */
    private static String exactly(List<Double> numbers) {
        return numbers.stream().map(number -> "'" + number + "'").collect(Collectors.joining(", "));
    }

    /** A whole number that a query comes to. */
    long number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            ResultSet row = statement.executeQuery(sql);
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
