package org.alluvium.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.alluvium.contracts.log.Freshness.Quantiles;
import org.junit.jupiter.api.Test;

class FreshnessTableTest {

    @Test
    void everyLegIsARowOfTimes() {
        Map<String, Quantiles> legs = new LinkedHashMap<>();
        legs.put("eventToCommit", new Quantiles(1_250, 2_000, 61_000));
        legs.put("commitToStep", new Quantiles(40, 900, 1_300_000));

        assertThat(printed(legs, 1234).lines())
                .containsExactly(
                        "",
                        "freshness          p50    p95  p99",
                        "event to commit  1.3 s  2.0 s  1 min 01 s",
                        "commit to step   0.0 s  0.9 s  21 min 40 s",
                        "",
                        "1,234 documents were too old to be learned from (train.freshness.maxAge)");
    }

    @Test
    void nothingIsSaidWhereNothingIsKnown() {
        assertThat(printed(Map.of(), 0)).isEmpty();
    }

    private static String printed(Map<String, Quantiles> legs, long tooOld) {
        StringWriter out = new StringWriter();
        new FreshnessTable(legs, tooOld).print(new PrintWriter(out, true));
        return out.toString();
    }
}
