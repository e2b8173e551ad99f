package org.alluvium.contracts.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.alluvium.contracts.error.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DashboardChecksTest {

    private static DashboardConfig parse(String section) {
        return ConfigLoader.parse("dashboard: " + section, "test", Path.of("/data"), List.of())
                .dashboard();
    }

    @Test
    void aRuleSaysWhenAndHowBad() {
        AlertConfig alert = parse(
                        "{ alerts: [{ name: slow, series: step/tokensPerSecond, below: 1e4, forTime: 5m, level: info }] }")
                .alerts()
                .get(0);
        assertThat(alert.below()).hasValue(1e4);
        assertThat(alert.forTime()).isEqualTo(Duration.ofMinutes(5));
        assertThat(alert.level()).isEqualTo(AlertConfig.Level.INFO);
    }

    @Test
    void withoutTheSectionEverythingIsByDefault() {
        assertThat(parse("{}")).isEqualTo(DashboardConfig.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ alerts: [{ name: a, series: step/loss }] } | or absentFor alone",
                "{ alerts: [{ name: a, series: step/loss, above: 1, absentFor: 1h }] } | or absentFor alone",
                "{ alerts: [{ name: a, series: loss, above: 1 }] } | a type and a figure",
                "{ alerts: [{ name: ' ', series: step/loss, above: 1 }] } | a text that people recognize",
                "{ alerts: [{ name: a, series: step/loss, above: 1, below: 2 }] } | at most 1.0",
                "{ alerts: [{ name: a, series: step/loss, abvoe: 1 }] } | did you mean 'above'",
                "{ alerts: [{ name: a, series: step/loss, above: 1, level: bad }] } | info, warning, critical",
                "{ alerts: [{ name: a, series: a/b, above: 1 }, { name: a, series: a/b, above: 2 }] } | a name of its own",
                "{ webhook: 'ftp://hidden' } | https://hooks.example.org/alluvium"
            })
    void aRuleThatCannotBeMeantIsRefused(String section, String allowed) {
        assertThatThrownBy(() -> parse(section))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(allowed)
                .hasMessageNotContaining("hidden");
    }
}
