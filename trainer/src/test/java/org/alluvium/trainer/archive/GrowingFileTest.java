package org.alluvium.trainer.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.contracts.store.LocalObjectStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrowingFileTest {

    @TempDir
    private Path folder;

    private LocalObjectStore store;
    private RunLayout run;
    private GrowingFile journal;

    @BeforeEach
    void open() throws IOException {
        store = new LocalObjectStore(Files.createDirectory(folder.resolve("store")));
        run = new RunLayout(folder.resolve("run")).create();
        journal = new GrowingFile(run.journal(), "journal/");
    }

    private void append(String text) throws IOException {
        Files.writeString(run.journal(), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static ArchiveState of(List<Piece> pieces) {
        return ArchiveState.none().next("now", List.of(), pieces, List.of());
    }

    private Path copied(List<Piece> pieces) throws IOException {
        RunLayout copy = new RunLayout(folder.resolve("copy"));
        new LocalCopy(store, copy).follow(of(pieces));
        return copy.journal();
    }

    @Test
    void onlyWholeLinesAreCopiedAndTheLastPieceGrows() throws IOException {
        append("one\ntwo\ntor");
        List<Piece> first = journal.extend(store, List.of(), 1);
        append("n\nfour\n");
        List<Piece> second = journal.extend(store, first, 1);

        assertThat(first).singleElement().extracting(Piece::to).isEqualTo(8L);
        assertThat(second).singleElement().extracting(Piece::to).isEqualTo(Files.size(run.journal()));
        assertThat(journal.extend(store, second, 1)).isEqualTo(second);
        assertThat(copied(first)).hasContent("one\ntwo\n");
        assertThat(copied(second)).hasSameBinaryContentAs(run.journal());
    }

    @Test
    void aFullPieceIsNotSentAgain() throws IOException {
        append("x".repeat(GrowingFile.PIECE_BYTES) + "\n");
        List<Piece> first = journal.extend(store, List.of(), 1);
        append("more\n");
        List<Piece> second = journal.extend(store, first, 1);

        assertThat(first).hasSize(2);
        assertThat(second).hasSize(2).first().isEqualTo(first.getFirst());
        assertThat(copied(second)).hasSameBinaryContentAs(run.journal());
    }

    @Test
    void aFileThatGoesOnDifferentlyIsCopiedAnewFromThere() throws IOException {
        append("one\ntwo\nthree\n");
        List<Piece> archived = journal.extend(store, List.of(), 1);
        Path copy = copied(archived);
        Files.writeString(run.journal(), "one\ntwo\nother\nfour\n");

        List<Piece> known = journal.known(archived);
        List<Piece> anew = journal.extend(store, known, 2);

        assertThat(known).isEmpty();
        assertThat(copied(anew)).isEqualTo(copy).hasContent("one\ntwo\nother\nfour\n");
        assertThat(store.list("journal/", Optional.empty())).hasSize(2);
    }
}
