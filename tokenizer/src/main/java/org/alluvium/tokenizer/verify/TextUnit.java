package org.alluvium.tokenizer.verify;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.alluvium.contracts.error.StorageException;

/** What one text of a file is. Bytes that are not UTF-8 are read as U+FFFD. */
public enum TextUnit {

    /** What lies between empty lines, with the line breaks in it. */
    DOCUMENTS {
        @Override
        void read(BufferedReader in, Taker texts) throws IOException {
            StringBuilder document = new StringBuilder();
            boolean more = true;
            for (String line = in.readLine(); more && line != null; line = in.readLine()) {
                if (!line.isEmpty()) {
                    document.append(document.isEmpty() ? "" : "\n").append(line);
                } else if (!document.isEmpty()) {
                    more = texts.take(document.toString());
                    document.setLength(0);
                }
            }
            if (more && !document.isEmpty()) {
                texts.take(document.toString());
            }
        }
    },

    /** A line of the file each. */
    PARAGRAPHS {
        @Override
        void read(BufferedReader in, Taker texts) throws IOException {
            String line = in.readLine();
            while (line != null && texts.take(line)) {
                line = in.readLine();
            }
        }
    },

    /** Lines of the file cut after every 60 characters, in the middle of words and between spaces. */
    LINES {
        @Override
        void read(BufferedReader in, Taker texts) throws IOException {
            boolean more = true;
            for (String line = in.readLine(); more && line != null; line = in.readLine()) {
                for (int from = 0; more && from < line.length(); ) {
                    int end = Math.min(line.length(), from + WIDTH);
                    if (end < line.length() && Character.isHighSurrogate(line.charAt(end - 1))) {
                        end++;
                    }
                    more = texts.take(line.substring(from, end));
                    from = end;
                }
            }
        }
    };

    /** Where texts go. */
    @FunctionalInterface
    public interface Taker {

        /** Takes a text, and says whether it wants another. */
        boolean take(String text);
    }

    private static final int WIDTH = 60;

    abstract void read(BufferedReader in, Taker texts) throws IOException;

    /**
     * Gives the texts of a file in their order, as long as more are wanted; memory is that of the longest.
     *
     * @throws StorageException if the file cannot be read
     */
    public void read(Path file, Taker texts) {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            read(in, texts);
        } catch (IOException e) {
            throw StorageException.of("read", file, e);
        }
    }
}
