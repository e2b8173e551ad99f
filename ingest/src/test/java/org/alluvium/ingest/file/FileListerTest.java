package org.alluvium.ingest.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileListerTest {

    @TempDir
    Path folder;

    private static FileLister lister(Path folder, String pattern) {
        return new FileLister("news", new LocalFiles(folder), pattern, false, Set.of());
    }

    private void write(String path) throws IOException {
        Files.createDirectories(folder.resolve(path).getParent());
        Files.writeString(folder.resolve(path), "x");
    }

    @Test
    void filesOfAllSubfoldersAreListedByPath() throws IOException {
        write("b");
        write("a/z");
        write("a/a");
        assertThat(lister(folder, "*").list().keySet()).containsExactly("a/a", "a/z", "b");
    }

    @Test
    void namesThatBeginWithADotOrAnUnderscoreAreNeverListed() throws IOException {
        write(".a");
        write("_a");
        write("_temporary/a");
        write(".git/a");
        write("a._");
        assertThat(lister(folder, "*").list().keySet()).containsExactly("a._");
    }

    @Test
    void theFolderItselfMayHaveAnyName() throws IOException {
        write("_in/a");
        assertThat(lister(folder.resolve("_in"), "*").list().keySet()).containsExactly("a");
    }

    @Test
    void thePatternIsMatchedAgainstTheName() throws IOException {
        write("x/a.jsonl");
        write("x/a.txt");
        assertThat(lister(folder, "*.jsonl").list().keySet()).containsExactly("x/a.jsonl");
    }

    @Test
    void filesInClosedFoldersDoNotCount() throws IOException {
        write("new/a");
        write("tmp/b");
        write("x/tmp/y/c");
        write("x/tmpfile");
        FileLister maildir = new FileLister("news", new LocalFiles(folder), "*", false, Set.of("tmp"));
        assertThat(maildir.list().keySet()).containsExactly("new/a", "x/tmpfile");
    }

    @Test
    void whereMarkersDecideAFileCountsOnceItsOwnFolderHasOne() throws IOException {
        write("a/one");
        write("a/_SUCCESS");
        write("a/b/two");
        write("three");
        FileLister marked = new FileLister("news", new LocalFiles(folder), "*", true, Set.of());
        assertThat(marked.list().keySet()).containsExactly("a/one");
        write("_SUCCESS");
        assertThat(marked.list().keySet()).containsExactly("a/one", "three");
    }

    @Test
    void linksAreFollowedAndThoseThatLeadNowhereAreListedAsTheyAre() throws IOException {
        write("real/a");
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("real"));
        Files.createSymbolicLink(folder.resolve("broken"), folder.resolve("nowhere"));
        Files.createSymbolicLink(folder.resolve("real/loop"), folder);
        FileLister lister = lister(folder, "*");
        assertThat(lister.list().keySet()).containsExactly("broken", "link/a", "real/a");
        assertThat(lister.unreadable()).isNotEmpty().allMatch(problem -> problem.contains("loop"));
    }

    @Test
    void filesThatAppearInTheOrderOfTheirPathsAreNeverListedWithOneLeftOut() throws Exception {
        int files = 2000;
        FileLister lister = lister(folder, "*");
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < files; i++) {
                writeUnchecked(String.format("%04d", i));
            }
        });
        int listed = 0;
        while (listed < files) {
            SortedMap<String, FileRef> found = lister.list();
            listed = found.size();
            assertThat(listed == 0 || Integer.parseInt(found.lastKey()) == listed - 1)
                    .isTrue();
        }
        writer.get();
    }

    private void writeUnchecked(String path) {
        try {
            write(path);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Test
    void aFolderThatIsNotThereIsAnErrorAndNotEmpty() {
        FileLister lister = lister(folder.resolve("nowhere"), "*");
        assertThatThrownBy(lister::list).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void onlyAFileThatIsSurelyNotThereIsGone() throws IOException {
        write("a");
        FileRef missing = new FileRef("news", "b", 1, 1);
        assertThat(lister(folder, "*").isGone(missing)).isTrue();
        assertThat(lister(folder.resolve("unmounted"), "*").isGone(missing)).isFalse();
    }
}
