package org.alluvium.contracts.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LocalObjectStoreTest {

    /** File systems with and without hard links must behave the same. */
    enum Disk {
        WITH_LINKS,
        WITHOUT_LINKS;

        LocalObjectStore store(Path root) {
            return this == WITH_LINKS ? new LocalObjectStore(root) : new LocalObjectStore(root, Disk::refuse);
        }

        private static void refuse(Path newName, Path existing) throws IOException {
            throw new FileSystemException(newName.toString(), existing.toString(), "Operation not permitted");
        }
    }

    private static final int CREATORS = 8;
    private static final int KEYS = 25;

    @TempDir
    Path root;

    @ParameterizedTest
    @EnumSource
    void anObjectIsCreatedOnceAndNeverChanged(Disk disk) throws IOException {
        LocalObjectStore store = disk.store(root);

        assertThat(store.createExclusively("log/a", bytes("first"))).isTrue();
        assertThat(store.createExclusively("log/a", bytes("second"))).isFalse();
        assertThat(store.read("log/a"))
                .hasValueSatisfying(content -> assertThat(content).isEqualTo(bytes("first")));
        assertThat(temporaryFiles()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void ofConcurrentCreatorsExactlyOneWinsEachKeyAndItsContentStays(Disk disk) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CREATORS);
        List<Callable<List<Integer>>> creators = new ArrayList<>();
        for (int creator = 0; creator < CREATORS; creator++) {
            byte[] name = bytes("creator " + creator);
            LocalObjectStore store = disk.store(root);
            creators.add(() -> wonBy(store, name));
        }
        List<List<Integer>> won = new ArrayList<>();
        for (Future<List<Integer>> future : threads.invokeAll(creators)) {
            won.add(future.get());
        }
        threads.shutdown();

        assertThat(won.stream().flatMap(List::stream)).hasSize(KEYS).doesNotHaveDuplicates();
        for (int creator = 0; creator < CREATORS; creator++) {
            for (int key : won.get(creator)) {
                assertThat(Files.readString(root.resolve("log/" + key))).isEqualTo("creator " + creator);
            }
        }
        assertThat(temporaryFiles()).isEmpty();
    }

    private static List<Integer> wonBy(LocalObjectStore store, byte[] content) throws IOException {
        List<Integer> won = new ArrayList<>();
        for (int key = 0; key < KEYS; key++) {
            if (store.createExclusively("log/" + key, content)) {
                won.add(key);
            }
        }
        return won;
    }

    @Test
    void aLinkThatWasMadeAndWhoseAnswerWasLostIsTheCreatorsOwn() throws IOException {
        LocalObjectStore store = new LocalObjectStore(root, (newName, existing) -> {
            Files.createLink(newName, existing);
            throw new FileAlreadyExistsException(newName.toString()); // to the request that was repeated
        });

        assertThat(store.createExclusively("log/a", bytes("first"))).isTrue();
        assertThat(store.createExclusively("log/a", bytes("second"))).isFalse();
        assertThat(temporaryFiles()).isEmpty();
    }

    @Test
    void aLinkThatAnotherMadeBetweenTheLookAndTheTryIsTheOthers() throws IOException {
        LocalObjectStore store = new LocalObjectStore(root, (newName, existing) -> {
            Files.write(newName, bytes("other"));
            Files.createLink(newName, existing);
        });

        assertThat(store.createExclusively("log/a", bytes("first"))).isFalse();
        assertThat(store.read("log/a"))
                .hasValueSatisfying(content -> assertThat(content).isEqualTo(bytes("other")));
    }

    @Test
    void anErrorThatIsNotForWantOfLinksIsNotWorkedAround() {
        LocalObjectStore store = new LocalObjectStore(root, (newName, existing) -> {
            if (newName.endsWith("a")) {
                throw new FileSystemException(newName.toString(), null, "Input/output error");
            }
            Files.createLink(newName, existing);
        });

        assertThatThrownBy(() -> store.createExclusively("log/a", bytes("x")))
                .hasMessageContaining("log/a: Input/output");
        assertThat(root.resolve("log/a")).doesNotExist();
    }

    @Test
    void keysAreListedInOrderAfterTheGivenOneWithoutWhatBeginsWithADot() throws IOException {
        LocalObjectStore store = new LocalObjectStore(root);
        for (String key : List.of("log/2", "log/10", "log/1", "shards/a", "log/sub/0")) {
            store.createExclusively(key, bytes(key));
        }
        Files.writeString(root.resolve("log/.tmp-leftover"), "half");

        assertThat(store.list("log/", Optional.empty())).containsExactly("log/1", "log/10", "log/2", "log/sub/0");
        assertThat(store.list("log/", Optional.of("log/10"))).containsExactly("log/2", "log/sub/0");
        assertThat(store.list("log/1", Optional.empty())).containsExactly("log/1", "log/10");
        assertThat(store.list("none/", Optional.empty())).isEmpty();
    }

    @Test
    void whatIsNotThereIsEmptyAndCanBeDeleted() throws IOException {
        LocalObjectStore store = new LocalObjectStore(root);
        store.createExclusively("a", bytes("x"));
        store.delete("a");
        store.delete("a");

        assertThat(store.read("a")).isEmpty();
        assertThatThrownBy(() -> store.open("a")).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aMissingRootIsAnErrorAndNotAnEmptyStore() {
        LocalObjectStore store = new LocalObjectStore(root.resolve("unmounted"));

        for (Callable<?> operation : List.<Callable<?>>of(
                () -> store.read("log/a"),
                () -> store.list("log/", Optional.empty()),
                () -> store.createExclusively("log/a", bytes("x")))) {
            assertThatThrownBy(operation::call)
                    .isInstanceOf(NoSuchFileException.class)
                    .hasMessageContaining("unmounted");
        }
        assertThat(root.resolve("unmounted")).doesNotExist();
    }

    @Test
    void aFileInPlaceOfAFolderIsNamed() throws IOException {
        Files.writeString(root.resolve("log"), "not a folder");

        assertThatThrownBy(() -> new LocalObjectStore(root).createExclusively("log/a", bytes("x")))
                .isInstanceOf(NotDirectoryException.class)
                .hasMessageContaining(root.resolve("log").toString());
    }

    @Test
    void keysCannotLeaveTheStore() {
        LocalObjectStore store = new LocalObjectStore(root);

        assertThatThrownBy(() -> store.read("../secret")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.read("/etc/passwd")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void oldLeftoversAreSweptAndYoungOnesKept() throws IOException {
        LocalObjectStore store = new LocalObjectStore(root);
        store.createExclusively("log/a", bytes("x"));
        Path old = Files.writeString(root.resolve("log/.tmp-old"), "half");
        Path young = Files.writeString(root.resolve("log/.tmp-young"), "half");
        Files.setLastModifiedTime(old, FileTime.from(Instant.EPOCH));

        assertThat(store.sweep("log/", Instant.EPOCH.plusSeconds(1))).isEqualTo(1);
        assertThat(old).doesNotExist();
        assertThat(young).exists();
        assertThat(root.resolve("log/a")).exists();
    }

    private List<Path> temporaryFiles() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.getFileName().toString().startsWith(".tmp-"))
                    .toList();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
