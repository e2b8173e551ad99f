package org.alluvium.bench.soak;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Writes files of documents, one a line, and renames each into a folder once it is whole. */
final class FolderOutlet implements Outlet {

    private final Path folder;
    private int files;

    FolderOutlet(Path folder) {
        try {
            this.folder = Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void offer(List<byte[]> documents) {
        Path hidden = folder.resolve(".next");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(hidden))) {
                for (byte[] document : documents) {
                    out.write(document);
                    out.write('\n');
                }
            }
            Path file = folder.resolve("part-%08d.jsonl".formatted(files++));
            Files.move(hidden, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        // every file is in its place
    }
}
