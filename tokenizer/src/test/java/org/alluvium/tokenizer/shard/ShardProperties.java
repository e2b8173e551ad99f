package org.alluvium.tokenizer.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.shard.ShardRow;

class ShardProperties {

    @Property(tries = 100)
    void anyRowsComeBackAndTheFactsHold(@ForAll("rows") List<ShardRow> rows, @ForAll @IntRange(max = 50) int skipped)
            throws IOException {
        Path folder = Files.createTempDirectory("shard-properties-");
        Path file = folder.resolve("a.parquet");
        try (ShardWriter writer = ShardWriter.open(file, Rows.METADATA)) {
            rows.forEach(writer::write);
            ShardFile facts = writer.finish("shards/a.parquet");
            ShardVerifier.verify(file, facts);
            assertThat(facts.rows()).isEqualTo(rows.size());
        }
        int first = Math.min(skipped, rows.size());
        try (ShardReader reader = ShardReader.open(file)) {
            reader.skip(first);
            Rows.assertSame(Rows.read(reader), rows.subList(first, rows.size()));
        } finally {
            Files.delete(file);
            Files.delete(folder);
        }
    }

    @Provide
    Arbitrary<List<ShardRow>> rows() {
        Arbitrary<String> texts =
                Arbitraries.strings().withCharRange('\0', '\uD7FF').ofMaxLength(20);
        Arbitrary<Long> longs = Arbitraries.longs();
        Arbitrary<ContentHash> hashes = Combinators.combine(longs, longs).as(ContentHash::new);
        Arbitrary<int[]> ids =
                Arbitraries.integers().greaterOrEqual(0).array(int[].class).ofMaxSize(200);
        Arbitrary<ShardRow> row = Combinators.combine(
                        texts,
                        texts.optional(),
                        longs,
                        hashes,
                        Arbitraries.integers().greaterOrEqual(1),
                        ids)
                .as((text, option, time, hash, repeat, tokens) -> new ShardRow(
                        text,
                        text,
                        text,
                        option,
                        time,
                        OptionalLong.of(~time),
                        option,
                        0.5f,
                        hash,
                        repeat,
                        tokens,
                        Math.abs(time / 2)));
        return row.list().ofMaxSize(50);
    }
}
