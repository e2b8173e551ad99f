package org.alluvium.bench.labelled;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.alluvium.bench.labelled.LabelledDocument.Span;
import org.alluvium.bench.labelled.LabelledDocument.Truth;
import org.alluvium.bench.labelled.LabelledSample.Pair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelledSampleTest {

    @Test
    void documentsComeWithWhatIsKnownOfThem(@TempDir Path folder) throws IOException {
        write(
                folder.resolve("shard-00001.jsonl.gz"),
                "{\"id\": \"b\", \"url\": \"u\", \"text\": \"second\"}\nnot json\n");
        write(folder.resolve("shard-00000.jsonl.gz"), "{\"id\": \"a\", \"url\": \"v\", \"text\": \"x 1.2.3.4\"}\n");
        write(folder.resolve("truth.jsonl.gz"), """
                {"id": "b", "label": "spam", "kind": "spam_links", "lang": "de", "pii": [], "damage": null, "chars": 6}
                {"id": "a", "label": "clean", "kind": "clean", "lang": "en", "damage": "control", "chars": 9, "src": "s",\
                 "pii": [{"type": "ipv4", "value": "1.2.3.4", "start": 2, "end": 9, "start16": 2, "end16": 9}]}
                """);
        write(folder.resolve("dup_pairs.jsonl.gz"), """
                {"a": "a", "b": "b", "type": "near", "jaccard": 0.9, "jaccard_full": null, "lang": "en"}
                """);

        LabelledSample sample = LabelledSample.read(folder);

        assertThat(sample.documents()).extracting(LabelledDocument::id).containsExactly("a", "b");
        Truth first = sample.documents().get(0).truth();
        assertThat(first.clean()).isTrue();
        assertThat(first.damage()).isEqualTo(Optional.of("control"));
        assertThat(first.pii()).isEqualTo(List.of(new Span("ipv4", "1.2.3.4", 2, 9)));
        assertThat(sample.documents().get(1).truth().clean()).isFalse();
        assertThat(sample.pairs()).containsExactly(new Pair("a", "b", "near", 0.9, null));
    }

    private static void write(Path file, String text) throws IOException {
        try (Writer out =
                new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8)) {
            out.write(text);
        }
    }
}
