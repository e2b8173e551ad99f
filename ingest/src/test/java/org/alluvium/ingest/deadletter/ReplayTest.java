package org.alluvium.ingest.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.alluvium.contracts.store.LocalObjectStore;
import org.alluvium.ingest.deadletter.Replay.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {

    private static final StoredLetter FIRST = Letters.stored(3, 1, Letters.of("first"));
    private static final StoredLetter SECOND = Letters.stored(3, 2, Letters.of("second"));
    private static final StoredLetter OF_FILE = Letters.stored(4, 1, Letters.ofFile());

    @TempDir
    Path corpus;

    private ReplayFolder folder() {
        return new ReplayFolder(new LocalObjectStore(corpus));
    }

    private Outcome replay(StoredLetter... letters) {
        Replay replay = new Replay(folder());
        Stream.of(letters).forEach(replay::offer);
        return replay.finish();
    }

    @Test
    void aLetterIsFedBackOnce() {
        assertThat(replay(FIRST)).isEqualTo(new Outcome(1, 0, Map.of()));
        assertThat(replay(FIRST, SECOND, SECOND)).isEqualTo(new Outcome(1, 2, Map.of()));
        assertThat(replay(FIRST, SECOND)).isEqualTo(new Outcome(0, 2, Map.of()));
        assertThat(folder().contains(FIRST.id())).isTrue();
    }

    @Test
    void whatIsNotWholeIsLeftOutWithAWordOnWhatToDo() {
        Outcome outcome = replay(FIRST, OF_FILE);
        assertThat(outcome.fedBack()).isOne();
        assertThat(outcome.obstacles())
                .hasSize(1)
                .allSatisfy((why, count) -> assertThat(why).contains("mend the file"));
        assertThat(folder().contains(OF_FILE.id())).isFalse();
    }

    @Test
    void anotherProcessThatWasFasterIsNoticed() {
        ReplayFolder slow = folder();
        folder().add(List.of(FIRST));
        assertThat(slow.add(List.of(FIRST, SECOND))).containsExactly(SECOND);
        assertThat(slow.add(List.of(FIRST, SECOND))).isEmpty();
    }

    @Test
    void ofManyThatFeedBackTheSameLettersAtOnceEachLetterIsFedBackByOne() throws Exception {
        List<StoredLetter> letters = LongStream.rangeClosed(1, 20)
                .mapToObj(number -> Letters.stored(1, number, Letters.of("letter " + number)))
                .toList();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Integer>> fedBack = Stream.generate(() -> threads.submit(() -> addOneByOne(letters)))
                    .limit(4)
                    .toList();
            int sum = 0;
            for (Future<Integer> each : fedBack) {
                sum += each.get();
            }
            assertThat(sum).isEqualTo(letters.size());
        } finally {
            threads.shutdownNow();
        }
    }

    private int addOneByOne(List<StoredLetter> letters) {
        ReplayFolder folder = folder();
        return letters.stream()
                .mapToInt(letter -> folder.add(List.of(letter)).size())
                .sum();
    }
}
