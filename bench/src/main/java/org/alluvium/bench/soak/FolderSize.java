package org.alluvium.bench.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/** The files below a folder, added up while others write and delete there; what vanishes meanwhile counts or does not. */
record FolderSize(long files, long bytes) {

    /** Everything below a folder, or nothing if it is not there, without the subfolders of the given names. */
    static FolderSize of(Path folder, String... without) {
        Adder adder = new Adder(Set.of(without));
        try {
            Files.walkFileTree(folder, adder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new FolderSize(adder.files, adder.bytes);
    }

    private static final class Adder extends SimpleFileVisitor<Path> {

        private final Set<String> without;
        private long files;
        private long bytes;

        Adder(Set<String> without) {
            this.without = without;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            boolean left = without.contains(folder.getFileName().toString());
            return left ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            files++;
            bytes += attributes.size();
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, IOException gone) {
            return FileVisitResult.CONTINUE;
        }
    }
}
