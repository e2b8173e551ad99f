package org.alluvium.contracts.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.alluvium.contracts.error.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayChecksTest {

    private static AlluviumConfig parse(String source) {
        return ConfigLoader.parse(
                "sources: [" + source + "]\ngateway: { source: pushed }\n", "test", Path.of("/data"), List.of());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ name: pushed, path: spool, files: { after: delete } }",
                "{ name: pushed, kafka: { brokers: 'localhost:9092', topics: [pushed] } }"
            })
    void aFolderThatIsEmptiedOrATopicCanBeFed(String source) {
        assertThat(parse(source).gateway().source()).hasValue("pushed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ name: other, path: spool } | one of [other]",
                "{ name: pushed, path: spool } | files.after: delete",
                "{ name: pushed, path: 's3://bucket/spool', files: { after: delete } } | a folder",
                "{ name: pushed, path: spool, files: { after: delete, complete: success_file } } | files.complete",
                "{ name: pushed, path: spool, format: lucene_lines, files: { after: delete } } | format jsonl",
                "{ name: pushed, kafka: { brokers: 'localhost:9092', topics: [a, b] } } | one topic"
            })
    void aSourceThatCannotReadWhatIsPushedIsRefusedWithWhatCould(String source, String allowed) {
        assertThatThrownBy(() -> parse(source))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("test:2:20: key 'gateway.source'")
                .hasMessageContaining(allowed);
    }

    @Test
    void withoutASourceThereIsNothingToCheck() {
        assertThat(ConfigLoader.parse("", "test", Path.of("/data"), List.of())
                        .gateway()
                        .source())
                .isEmpty();
    }
}
