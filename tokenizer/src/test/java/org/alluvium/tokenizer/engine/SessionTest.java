package org.alluvium.tokenizer.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.alluvium.tokenizer.Ids;
import org.alluvium.tokenizer.SmallModels;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.bytelevel.SmallTokenizer;
import org.alluvium.tokenizer.verify.FuzzTexts;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a session promises whatever the kind of model: no memory per document, and ids that depend on the text alone. */
class SessionTest {

    private static final int DOCUMENTS = 1000;
    private static final int THREADS = 4;
    private static final String BYTE_LEVEL = "byte-level";

    static Stream<String> kinds() {
        return Stream.concat(SmallModels.names(), Stream.of(BYTE_LEVEL));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void onceItIsWarmDocumentsTakeNoMemory(String kind) {
        Session session = PieceEncoder.of(vocabulary(kind)).session();
        byte[][] documents = documents();
        Ids ids = new Ids();
        Ids spans = new Ids();
        encodeAll(session, documents, ids, spans);
        encodeAll(session, documents, ids, spans);

        long before = allocated();
        long asking = allocated() - before;
        before = allocated();
        encodeAll(session, documents, ids, spans);
        assertThat(allocated() - before - asking).isZero();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void threadsThatShareAnEncoderGetTheSameIds(String kind) throws Exception {
        PieceEncoder encoder = PieceEncoder.of(vocabulary(kind));
        FuzzTexts texts = new FuzzTexts(8, List.of("\u2581the", "ing"));
        Callable<List<List<Integer>>> encodeAll = () -> IntStream.range(0, 300)
                .mapToObj(texts::text)
                .map(text -> IntStream.of(encoder.encode(text)).boxed().toList())
                .toList();
        List<List<Integer>> expected = encodeAll.call();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            for (Future<List<List<Integer>>> result : threads.invokeAll(Collections.nCopies(THREADS, encodeAll))) {
                assertThat(result.get()).isEqualTo(expected);
            }
        } finally {
            threads.shutdown();
        }
    }

    private static void encodeAll(Session session, byte[][] documents, Ids ids, Ids spans) {
        for (int i = 0; i < documents.length; i++) {
            ids.clear();
            spans.clear();
            if (i % 2 == 0) {
                session.encode(documents[i], 0, documents[i].length, ids);
            } else {
                session.encodeWithSpans(documents[i], 0, documents[i].length, ids, spans);
            }
        }
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    private static byte[][] documents() {
        FuzzTexts texts = new FuzzTexts(5, List.of("\u2581the", "\u2581rapporteur", "ing", "\u4e2d"));
        List<byte[]> documents = new ArrayList<>();
        for (int i = 0; i < DOCUMENTS; i++) {
            documents.add((texts.text(i) + " the European Parliament " + i).getBytes(UTF_8));
        }
        return documents.toArray(byte[][]::new);
    }

    private static Vocabulary vocabulary(String kind) {
        return kind.equals(BYTE_LEVEL)
                ? Vocabulary.parse(SmallTokenizer.json().getBytes(UTF_8), kind)
                : SmallModels.load(kind);
    }
}
