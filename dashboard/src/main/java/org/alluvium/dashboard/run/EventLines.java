package org.alluvium.dashboard.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.alluvium.contracts.error.StorageException;

/**
 * Reads the lines of a file that {@link org.alluvium.contracts.event.JsonlEventSink} writes, whatever its length: never more
 * than a few blocks are in memory, which all cores parse together. A last line without its line feed is left for later. If the
 * file has become shorter than what was read, it is a new one. For one thread.
 */
final class EventLines {

    private static final int BLOCKS = 8;

    private final Path file;
    private final List<EventBlock> blocks;
    private long offset;

    EventLines(Path file) {
        this.file = file;
        blocks = Stream.generate(() -> new EventBlock(file)).limit(BLOCKS).toList();
    }

    /** Whether the file is shorter than what was read of it, so that it has to be read anew from its begin. */
    boolean replaced() {
        try {
            return offset > 0 && (Files.notExists(file) || Files.size(file) < offset);
        } catch (IOException e) {
            throw StorageException.of("read the events", file, e);
        }
    }

    /**
     * The next lines, in their order; empty if there are none yet.
     *
     * @throws org.alluvium.contracts.error.DataException if a whole line is not an event; it will be read again
     */
    List<Line> read() {
        if (Files.notExists(file)) {
            return List.of();
        }
        long end = offset;
        List<EventBlock> filled = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            for (EventBlock block : blocks) {
                int length = block.fill(channel, end);
                if (length == 0) {
                    break;
                }
                end += length;
                filled.add(block);
            }
        } catch (IOException e) {
            throw StorageException.of("read the events", file, e);
        }
        List<Line> lines = filled.parallelStream()
                .map(EventBlock::lines)
                .flatMap(List::stream)
                .toList();
        offset = end;
        return lines;
    }
}
