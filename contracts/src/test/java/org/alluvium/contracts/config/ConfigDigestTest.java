package org.alluvium.contracts.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfigDigestTest {

    /** One component of every kind. */
    public record Everything(
            int integer,
            double number,
            String text,
            Path path,
            Optional<Inner> there,
            Optional<Inner> absent,
            List<Inner> list,
            List<String> empty,
            Map<String, Integer> map) {}

    /** A record in a record. */
    public record Inner(boolean flag) {}

    @Test
    void theCanonicalFormIsAsSpecified() {
        Everything everything = new Everything(
                7,
                0.1,
                "a\\b\nc",
                Path.of("/x"),
                Optional.of(new Inner(true)),
                Optional.empty(),
                List.of(new Inner(false), new Inner(true)),
                List.of(),
                Map.of("k", 1));

        assertThat(ConfigDigest.canonical(everything)).isEqualTo("""
                        empty=[]
                        integer=7
                        list[0].flag=false
                        list[1].flag=true
                        map{k}=1
                        number=0x1.999999999999ap-4
                        text=a\\\\b\\nc
                        there.flag=true""");
        assertThat(ConfigDigest.of(new Inner(true)))
                .isEqualTo("08127d2b42a8f1ef8115640f47c5fb9c123e74a1b13331bcbd284a6904b90906");
    }

    @Test
    void whatWasWrittenDifferentlyButMeansTheSameHasOneDigest() {
        AlluviumConfig short1 = parse("train: {steps: 1Ki}", "/a");
        AlluviumConfig long1 = parse("model: {preset: small}\ntrain: {batch: 8, steps: 1024}", "/b");

        assertThat(ConfigDigest.of(short1)).isEqualTo(ConfigDigest.of(long1));
    }

    @Test
    void everyValueCounts() {
        assertThat(ConfigDigest.of(parse("train: {seed: 1}", "/a")))
                .isNotEqualTo(ConfigDigest.of(parse("train: {seed: 2}", "/a")));
    }

    private static AlluviumConfig parse(String yaml, String base) {
        return ConfigLoader.parse(yaml, "test", Path.of(base), List.of());
    }
}
