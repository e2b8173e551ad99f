package org.alluvium.contracts.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfigValuesTest {

    private enum Colour {
        DEEP_BLUE
    }

    private record Inner(double rate, Optional<String> name) {}

    private record Outer(int steps, Colour colour, Path folder, Inner inner, List<Inner> more, Map<String, Long> by) {}

    @Test
    void valuesStandByTheirPaths() {
        Outer outer = new Outer(
                3,
                Colour.DEEP_BLUE,
                Path.of("runs", "main"),
                new Inner(0.5, Optional.empty()),
                List.of(new Inner(1, Optional.of("a"))),
                Map.of());
        assertThat(ConfigValues.of("train", outer))
                .containsExactly(
                        Map.entry("train.steps", 3),
                        Map.entry("train.colour", "deep_blue"),
                        Map.entry("train.folder", Path.of("runs", "main").toString()),
                        Map.entry("train.inner.rate", 0.5),
                        Map.entry("train.more[0].rate", 1.0),
                        Map.entry("train.more[0].name", "a"),
                        Map.entry("train.by", "{}"));
    }
}
