package org.alluvium.bench.scaling;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.alluvium.bench.DemoRows;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.shard.ShardMetadata;
import org.alluvium.contracts.shard.ShardRow;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.shard.ShardWriter;

/**
 * A corpus of seeded tokens, since what a text says takes neither time nor memory, and the vocabulary that it was made with.
 *
 * @param model the vocabulary's file
 */
record TrialCorpus(Path folder, Path model) {

    private static final int DOCUMENTS = 400;

    /** Tokens of a document: more than any context, so that rows are full where models are evaluated, too. */
    private static final int TOKENS = 5000;

    private static final int MESSAGE = 0x0A; // tag of field 1, of a length: pieces of a model, and the text of a piece
    private static final int SCORE = 0x15; // tag of field 2, a float: the score of a piece

    /** As overrides of the configuration. */
    List<String> settings() {
        return List.of("corpus.dir=" + folder, "tokenizer.model=" + model);
    }

    /** Writes both below a folder; the vocabulary is the bundled one, and more pieces up to {@code size}. */
    static TrialCorpus write(Path folder, int size) throws IOException {
        CorpusLayout corpus = new CorpusLayout(folder.resolve("corpus-" + size)).create();
        Path model = folder.resolve(size + ".model");
        Files.write(model, withPieces(Vocabulary.bundled(), size));
        Vocabulary vocabulary = Vocabulary.load(model);
        ShardMetadata metadata =
                new ShardMetadata(ShardMetadata.SCHEMA_VERSION, vocabulary.digest(), "", "bench", true, false);
        SplittableRandom random = new SplittableRandom(1);
        String path = "shards/00000000.parquet";
        ShardFile shard;
        try (ShardWriter writer = ShardWriter.open(corpus.resolve(path), metadata)) {
            IntStream.range(0, DOCUMENTS).forEach(number -> writer.write(row(number, random, vocabulary)));
            shard = writer.finish(path);
        }
        DemoRows.publish(corpus, List.of(shard));
        return new TrialCorpus(corpus.root(), model);
    }

    private static ShardRow row(int number, SplittableRandom random, Vocabulary vocabulary) {
        int[] ids =
                random.ints(TOKENS, vocabulary.size() / 2, vocabulary.size()).toArray();
        return DemoRows.row(number, "", ids);
    }

    /** A SentencePiece model is a protocol buffer: what is appended to it is merged. */
    private static byte[] withPieces(Vocabulary vocabulary, int size) {
        ByteArrayOutputStream model = new ByteArrayOutputStream();
        model.writeBytes(vocabulary.modelBytes());
        for (int id = vocabulary.size(); id < size; id++) {
            byte[] text = ("<made up " + id + ">").getBytes(StandardCharsets.US_ASCII);
            ByteBuffer piece = ByteBuffer.allocate(2 + text.length + 1 + Float.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .put((byte) MESSAGE)
                    .put((byte) text.length)
                    .put(text)
                    .put((byte) SCORE)
                    .putFloat(-id);
            model.write(MESSAGE);
            model.write(piece.capacity());
            model.writeBytes(piece.array());
        }
        return model.toByteArray();
    }
}
