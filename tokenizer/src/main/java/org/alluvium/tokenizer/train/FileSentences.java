package org.alluvium.tokenizer.train;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.UnavailableException;

/**
 * The lines of text files, one after the other; or lines of a sentence, a tab and its count. A line ends with a line feed. One
 * line at a time is in memory.
 */
public final class FileSentences implements SentenceSource {

    private static final int BUFFER = 1 << 18;

    private final List<Path> files;
    private final boolean counted;
    private final LongConsumer bytesRead;
    private long line;

    /**
     * Sentences of files.
     *
     * @param counted whether a line is a sentence, a tab and a count
     * @param bytesRead is told how many more bytes were read, now and then
     * @throws UnavailableException if a file is not there or cannot be read
     */
    public FileSentences(List<Path> files, boolean counted, LongConsumer bytesRead) {
        this.files = List.copyOf(files);
        this.counted = counted;
        this.bytesRead = bytesRead;
        for (Path file : files) {
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                throw unreadable(file, null);
            }
        }
    }

    @Override
    public void read(Reader reader) {
        for (Path file : files) {
            line = 0;
            try (InputStream in = Files.newInputStream(file)) {
                if (!read(in, file, reader)) {
                    return;
                }
            } catch (IOException e) {
                throw unreadable(file, e);
            }
        }
    }

    private boolean read(InputStream in, Path file, Reader reader) throws IOException {
        byte[] buffer = new byte[BUFFER];
        int end = 0;
        while (true) {
            if (end == buffer.length) {
                buffer = Arrays.copyOf(buffer, 2 * buffer.length);
            }
            int read = in.read(buffer, end, buffer.length - end);
            if (read < 0) {
                return end == 0 || take(buffer, 0, end, file, reader);
            }
            bytesRead.accept(read);
            int from = 0;
            for (int i = end; i < end + read; i++) {
                if (buffer[i] == '\n') {
                    if (!take(buffer, from, i, file, reader)) {
                        return false;
                    }
                    from = i + 1;
                }
            }
            end += read - from;
            System.arraycopy(buffer, from, buffer, 0, end);
        }
    }

    private boolean take(byte[] buffer, int from, int to, Path file, Reader reader) {
        line++;
        if (!counted) {
            return reader.accept(buffer, from, to, 1);
        }
        int tab = from;
        while (tab < to && buffer[tab] != '\t') {
            tab++;
        }
        String count = new String(buffer, tab, to - tab, StandardCharsets.UTF_8).trim();
        if (!count.matches("[0-9]{1,18}") || Long.parseLong(count) == 0) {
            throw new DataException(
                    "'" + new String(buffer, from, Math.min(to - from, 80), StandardCharsets.UTF_8)
                            + "' does not end with a tab and a count",
                    file + ":" + line,
                    "Write a sentence, a tab and a number of 1 or more, or leave --input-format away.");
        }
        return reader.accept(buffer, from, tab, Long.parseLong(count));
    }

    private static UnavailableException unreadable(Path file, IOException cause) {
        return new UnavailableException(
                "there is no readable text file", file.toString(), "Name files of text, one sentence a line.", cause);
    }
}
