package org.alluvium.contracts.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.alluvium.contracts.error.ConfigException;
import org.junit.jupiter.api.Test;

class PackedConfigTest {

    private static final Path BASE = Path.of("/home/somebody");

    @Test
    void everythingThatIngestReadsArrivesWithAbsolutePaths() {
        AlluviumConfig config = load("""
                sources:
                  - {name: crawl, path: in, follow: false, files: {pattern: "*.{a,b}\\\\*"}}
                  - {name: lake, path: "s3://bucket/prefix"}
                  - {name: news, kafka: {brokers: "localhost:9092", topics: [a, b], access: {user: u, passwordFile: p, mechanism: plain}, properties: {client.id: "né \\t 😀: x"}}}
                ingest: {dedupTtl: 365d, checkpointInterval: 10ms, stateBackend: forst}
                filters: {language: {identify: true, minConfidence: 1e-3}, rules: [{families: [gopher_quality]}]}
                mixture: {weights: {sources: [{source: crawl, epochs: 2.5}]}}
                s3: {accessKey: me, secretKeyFile: secret}
                """);

        AlluviumConfig arrived = PackedConfig.unpack(PackedConfig.of(config), List.of());

        assertThat(arrived.corpus()).isEqualTo(config.corpus());
        assertThat(arrived.sources()).isEqualTo(config.sources());
        assertThat(arrived.ingest()).isEqualTo(config.ingest());
        assertThat(arrived.filters()).isEqualTo(config.filters());
        assertThat(arrived.dedup()).isEqualTo(config.dedup());
        assertThat(arrived.mixture()).isEqualTo(config.mixture());
        assertThat(arrived.s3()).isEqualTo(config.s3());
        assertThat(arrived.tokenizer()).isEqualTo(config.tokenizer());
        assertThat(arrived.s3().secretKeyFile()).contains(BASE.resolve("secret"));
        assertThat(arrived.sources()
                        .get(2)
                        .kafka()
                        .orElseThrow()
                        .access()
                        .orElseThrow()
                        .passwordFile())
                .contains(BASE.resolve("p"));
    }

    @Test
    void valuesCanStillBeTakenInsteadOfWhatWasPacked() {
        String packed = PackedConfig.of(load("ingest: {parallelism: 4}"));

        assertThat(PackedConfig.unpack(packed, List.of("ingest.parallelism=2"))
                        .ingest()
                        .parallelism())
                .isEqualTo(2);
    }

    @Test
    void itIsOneWordThatShowsNothingOfOtherProcesses() {
        AlluviumConfig config = load("dashboard: {webhook: \"https://hooks.example/T0KEN\"}");

        String packed = PackedConfig.of(config);

        assertThat(packed).matches("packed:[A-Za-z0-9_-]+");
        assertThat(PackedConfig.isPacked(packed)).isTrue();
        assertThat(PackedConfig.isPacked("alluvium.yaml")).isFalse();
        assertThat(PackedConfig.unpack(packed, List.of()).dashboard()).isEqualTo(DashboardConfig.DEFAULT);
    }

    @Test
    void aPasswordAmongThePropertiesOfAClientIsRefusedAndAReferenceToOneIsNot() {
        assertThatThrownBy(() -> PackedConfig.of(withProperty("sasl.jaas.config", "x password='y'")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("kafka.properties.sasl.jaas.config of source 'news'")
                .hasMessageNotContaining("'y'");

        assertThat(PackedConfig.of(withProperty("ssl.key.password", "${file:/etc/secrets/kafka:key}")))
                .startsWith("packed:");
    }

    private static AlluviumConfig withProperty(String name, String value) {
        return load("sources: [{name: news, kafka: {brokers: b, topics: [t], properties: {" + name + ": \"" + value
                + "\"}}}]");
    }

    private static AlluviumConfig load(String yaml) {
        return ConfigLoader.parse(yaml, "test", BASE, List.of());
    }
}
