package org.alluvium.contracts.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class StorageExceptionTest {

    private static final Path WHERE = Path.of("corpus");

    @Test
    void aFullDiskSaysWhatToDo() {
        assertMessage(
                new FileSystemException("corpus/log/7", null, "No space left on device"),
                "corpus/log/7: cannot write: No space left on device. Free some space there and start again;"
                        + " nothing that was complete is lost");
    }

    @Test
    void aMissingFolderSaysWhatToDo() {
        assertMessage(
                new NoSuchFileException("corpus/log"),
                "corpus/log: cannot write: no such file or folder. Check the path in the configuration,"
                        + " and that its disk is mounted");
    }

    @Test
    void aMissingPermissionSaysWhatToDo() {
        assertMessage(
                new AccessDeniedException("corpus/log"),
                "corpus/log: cannot write: permission denied. Give this user access to it, or choose another folder");
    }

    @Test
    void anErrorWithoutAPathIsGivenOne() {
        assertMessage(
                new IOException("Too many open files"),
                "corpus: cannot write: Too many open files. Raise the limit of open files (ulimit -n) and start again");
    }

    @Test
    void anErrorWithoutAMessageIsNamedByItsKind() {
        assertThat(StorageException.of("write", WHERE, new IOException()))
                .hasMessageStartingWith("corpus: cannot write: IOException.");
    }

    private static void assertMessage(IOException cause, String message) {
        StorageException e = StorageException.of("write", WHERE, cause);

        assertThat(e).hasMessage(message).hasCause(cause);
        assertThat(e.exitCode()).isEqualTo(ExitCode.STORAGE);
    }
}
