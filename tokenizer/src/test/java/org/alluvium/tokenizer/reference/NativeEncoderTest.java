package org.alluvium.tokenizer.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.IntBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.alluvium.contracts.error.DataException;
import org.alluvium.tokenizer.ModelBuilder;
import org.alluvium.tokenizer.SmallModels;
import org.alluvium.tokenizer.Vocabulary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NativeEncoderTest {

    private static final Vocabulary BUNDLED = Vocabulary.bundled();
    private static final String TEXT = "Die Kommission hat 2004 einen Vorschlag gemacht. \uD83D\uDE00 \u6C49\u5B57";

    @Test
    void aClosedEncoderRefusesAndClosingTwiceIsClosingOnce() {
        NativeEncoder kept = NativeEncoder.open(BUNDLED);
        NativeEncoder closed = NativeEncoder.open(BUNDLED);
        closed.close();
        closed.close();
        assertThatThrownBy(() -> closed.encode(TEXT)).isInstanceOf(IllegalStateException.class);
        assertThat(BUNDLED.decode(kept.encode(TEXT))).isEqualTo(TEXT);
        kept.close();
        assertThatThrownBy(() -> kept.encode(TEXT)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aVocabularyCanBeOpenedAgainAfterTheLastClose() {
        for (int i = 0; i < 20; i++) {
            try (NativeEncoder encoder = NativeEncoder.open(BUNDLED)) {
                assertThat(encoder.encode("a")).isNotEmpty();
            }
        }
    }

    @Test
    void encodersOfOneVocabularyShareTheNativeModel() {
        NativeModel first = NativeModel.acquire(BUNDLED);
        NativeModel second = NativeModel.acquire(Vocabulary.bundled());
        assertThat(second).isSameAs(first);
        first.release();
        second.release();
        assertThat(first.retain()).isFalse();
    }

    @Test
    void manyThreadsGetTheIdsThatOneGets() throws Exception {
        List<String> texts = new ArrayList<>();
        Random random = new Random(3);
        for (int i = 0; i < 200; i++) {
            texts.add(TEXT.substring(random.nextInt(20)) + i);
        }
        try (NativeEncoder encoder = NativeEncoder.open(BUNDLED)) {
            Callable<List<IntBuffer>> encodeAll = () ->
                    texts.stream().map(encoder::encode).map(IntBuffer::wrap).toList();
            List<IntBuffer> expected = encodeAll.call();
            assertThat(onThreads(Collections.nCopies(4, encodeAll))).containsOnly(expected);
        }
    }

    @Test
    void closingWhileOthersEncodeGivesThemIdsOrAnException() throws Exception {
        for (int round = 0; round < 50; round++) {
            NativeEncoder encoder = NativeEncoder.open(BUNDLED);
            int[] expected = encoder.encode(TEXT);
            CountDownLatch running = new CountDownLatch(3);
            Callable<Boolean> untilClosed = () -> {
                running.countDown();
                try {
                    while (true) {
                        assertThat(encoder.encode(TEXT)).isEqualTo(expected);
                    }
                } catch (IllegalStateException closed) {
                    return true;
                }
            };
            Callable<Boolean> closer = () -> {
                running.await();
                encoder.close();
                return true;
            };
            assertThat(onThreads(List.of(untilClosed, untilClosed, untilClosed, closer)))
                    .containsOnly(true);
        }
    }

    @Test
    void loneSurrogatesBecomeTheReplacementCharacter() {
        try (NativeEncoder encoder = NativeEncoder.open(BUNDLED)) {
            assertThat(BUNDLED.decode(encoder.encode("a\uD83Db\uDE00"))).isEqualTo("a\uFFFDb\uFFFD");
            assertThat(encoder.encode("\uD83D")).isEqualTo(encoder.encode("\uFFFD"));
            assertThat(encoder.encode("\uDE00\uD83D")).isEqualTo(encoder.encode("\uFFFD\uFFFD"));
        }
    }

    @Test
    void marksWrittenInTheTextAreText() {
        try (NativeEncoder encoder = NativeEncoder.open(BUNDLED)) {
            int[] ids = encoder.encode("<s></s><unk><0x41>");
            assertThat(ids).doesNotContain(BUNDLED.bosId(), BUNDLED.eosId(), BUNDLED.unknownId());
            assertThat(BUNDLED.decode(ids)).isEqualTo("<s></s><unk><0x41>");
        }
    }

    /** The file has ids and text, as {@code spm_encode --output_format=id} of SentencePiece 0.1.97 printed the ids. */
    @Test
    void theIdsAreThoseOfSentencePiecesOwnProgram() throws IOException {
        List<String> lines =
                Files.readAllLines(Path.of("src/test/resources/org/alluvium/tokenizer/spm-encode-0.1.97.tsv"));
        try (NativeEncoder encoder = NativeEncoder.open(BUNDLED)) {
            for (String line : lines) {
                int tab = line.indexOf('\t');
                String text = line.substring(tab + 1);
                int[] ids = encoder.encode(text);
                assertThat(Arrays.stream(ids).mapToObj(Integer::toString).collect(Collectors.joining(" ")))
                        .as(text)
                        .isEqualTo(line.substring(0, tab));
                assertThat(BUNDLED.decode(ids)).isEqualTo(text);
            }
        }
        assertThat(lines).hasSize(20);
    }

    @ParameterizedTest
    @MethodSource("org.alluvium.tokenizer.SmallModels#names")
    void theIdsOfSmallModelsAreThoseOfSentencePiecesOwnProgram(String model) {
        try (NativeEncoder encoder = NativeEncoder.open(SmallModels.load(model))) {
            for (SmallModels.Vector vector : SmallModels.vectors(model)) {
                assertThat(encoder.encode(vector.text())).as(vector.text()).isEqualTo(vector.ids());
            }
        }
    }

    @Test
    void aTextThatSentencePieceRefusesIsSaidToBe() {
        try (NativeEncoder encoder = NativeEncoder.open(SmallModels.load("word-suffix"))) {
            assertThatThrownBy(() -> encoder.encode("</s>"))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("word-suffix.model");
        }
    }

    @Test
    void aLongTextHasTheIdsOfTheWhole() {
        String text = (TEXT + " ").repeat(3 * NativeEncoder.SEGMENT_LENGTH / TEXT.length());
        try (NativeEncoder encoder = NativeEncoder.open(BUNDLED)) {
            assertThat(encoder.encode(text)).isEqualTo(encoder.encodeWhole(text));
        }
    }

    @Test
    void aLongTextWithoutSpacesComesBackAsItWas() {
        Random random = new Random(5);
        StringBuilder text = new StringBuilder();
        while (text.length() < 2.5 * NativeEncoder.SEGMENT_LENGTH) {
            text.appendCodePoint(random.nextBoolean() ? 0x1F600 + random.nextInt(50) : 'a' + random.nextInt(26));
        }
        try (NativeEncoder encoder = NativeEncoder.open(BUNDLED)) {
            assertThat(BUNDLED.decode(encoder.encode(text.toString()))).isEqualTo(text.toString());
        }
    }

    @Test
    void aLongTextOfSpacesComesBackAsItWas() {
        String text = " ".repeat(2 * NativeEncoder.SEGMENT_LENGTH + 3) + "x";
        try (NativeEncoder encoder = NativeEncoder.open(BUNDLED)) {
            assertThat(BUNDLED.decode(encoder.encode(text))).isEqualTo(text);
        }
    }

    @Test
    void aModelThatOnlySentencePieceRefusesIsADataException() {
        Vocabulary odd = new ModelBuilder().piece("<unk>", ModelBuilder.UNKNOWN).vocabulary();
        assertThatThrownBy(() -> NativeEncoder.open(odd))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("test.model");
    }

    @Test
    void theBindingIsKeptFromReportingAndFromTheUsersHome() {
        NativeEncoder.open(BUNDLED).close();
        assertThat(System.getProperty("ai.djl.offline")).isEqualTo("true");
        assertThat(System.getProperty("OPT_OUT_TRACKING")).isEqualTo("true");
        assertThat(System.getProperty("ENGINE_CACHE_DIR")).isNull();
    }

    @Test
    void aSecondClassLoaderCanUseTheLibraryToo() throws Exception {
        NativeEncoder.open(BUNDLED).close();
        List<URL> classPath = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            classPath.add(Path.of(entry).toUri().toURL());
        }
        ClassLoader parent = ClassLoader.getPlatformClassLoader();
        try (URLClassLoader second = new URLClassLoader(classPath.toArray(URL[]::new), parent)) {
            Class<?> vocabulary = second.loadClass(Vocabulary.class.getName());
            Class<?> encoder = second.loadClass(NativeEncoder.class.getName());
            Object opened = encoder.getMethod("open", vocabulary)
                    .invoke(null, vocabulary.getMethod("bundled").invoke(null));
            Object ids = encoder.getMethod("encode", String.class).invoke(opened, TEXT);
            encoder.getMethod("close").invoke(opened);
            assertThat(BUNDLED.decode((int[]) ids)).isEqualTo(TEXT);
        }
    }

    private static <T> List<T> onThreads(List<Callable<T>> tasks) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(tasks)) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdown();
        }
    }
}
