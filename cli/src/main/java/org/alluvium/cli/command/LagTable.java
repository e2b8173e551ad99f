package org.alluvium.cli.command;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import org.alluvium.cli.status.SourceLag;
import org.alluvium.cli.view.Units;

/** How far the corpus is behind each source. */
record LagTable(List<SourceLag> lags) {

    private static final double MILLIS_PER_SECOND = 1e3;
    private static final String UNKNOWN = "-";

    /** Prints a row for each folder and partition; nothing if there is none. */
    void print(PrintWriter out) {
        if (!lags.isEmpty()) {
            Table table = new Table("source", "behind in", "documents", "bytes", "for");
            lags.forEach(lag -> table.add(
                    lag.source(),
                    lag.place(),
                    shown(lag.documents(), Units::count),
                    shown(lag.bytes(), Units::bytes),
                    lag.age().map(Units::duration).orElse(UNKNOWN)));
            out.println();
            table.print(out);
        }
    }

    /** As members of JSON objects; what is not known is left out. */
    List<Map<String, Object>> fields() {
        return lags.stream().map(LagTable::fields).toList();
    }

    private static Map<String, Object> fields(SourceLag lag) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("source", lag.source());
        fields.put("place", lag.place());
        lag.documents().ifPresent(documents -> fields.put("documents", documents));
        lag.bytes().ifPresent(bytes -> fields.put("bytes", bytes));
        lag.age().ifPresent(age -> fields.put("seconds", age.toMillis() / MILLIS_PER_SECOND));
        return fields;
    }

    private static String shown(OptionalLong number, LongFunction<String> form) {
        return number.isPresent() ? form.apply(number.getAsLong()) : UNKNOWN;
    }
}
