package org.alluvium.cli.supervise;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A process that is to be kept running.
 *
 * @param name what it is called in messages: {@code ingest}
 * @param command its command line
 * @param console file that takes what it prints; appended to
 * @param lock the {@link org.alluvium.contracts.store.ProcessLock} it takes, if it takes one; a process that still holds it,
 *     left over from a supervisor that was killed, is waited for
 * @param goal whether the whole is done when this process has finished
 */
public record ChildSpec(String name, List<String> command, Path console, Optional<Path> lock, boolean goal) {

    public ChildSpec {
        command = List.copyOf(command);
    }
}
