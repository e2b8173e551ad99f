package org.alluvium.tokenizer.verify;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.alluvium.contracts.error.StorageException;

/** What one text of a file is. Bytes that are not UTF-8 are read as U+FFFD. */
public enum TextUnit {

    /** What lies between empty lines, with the line breaks in it. */
    DOCUMENTS {
        @Override
        void read(BufferedReader in, Consumer<String> texts) throws IOException {
            StringBuilder document = new StringBuilder();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (!line.isEmpty()) {
                    document.append(document.isEmpty() ? "" : "\n").append(line);
                } else if (!document.isEmpty()) {
                    texts.accept(document.toString());
                    document.setLength(0);
                }
            }
            if (!document.isEmpty()) {
                texts.accept(document.toString());
            }
        }
    },

    /** A line of the file each. */
    PARAGRAPHS {
        @Override
        void read(BufferedReader in, Consumer<String> texts) throws IOException {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                texts.accept(line);
            }
        }
    },

    /** Lines of the file cut after every {@value #WIDTH} characters, in the middle of words and between spaces. */
    LINES {
        @Override
        void read(BufferedReader in, Consumer<String> texts) throws IOException {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                for (int from = 0; from < line.length(); ) {
                    int end = Math.min(line.length(), from + WIDTH);
                    if (Character.isHighSurrogate(line.charAt(end - 1)) && end < line.length()) {
                        end++;
                    }
                    texts.accept(line.substring(from, end));
                    from = end;
                }
            }
        }
    };

    private static final int WIDTH = 60;

    abstract void read(BufferedReader in, Consumer<String> texts) throws IOException;

    /**
     * Gives the texts of a file in their order; memory is that of the longest.
     *
     * @throws StorageException if it cannot be read
     */
    public void read(Path file, Consumer<String> texts) {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            read(in, texts);
        } catch (IOException e) {
            throw StorageException.of("read", file, e);
        }
    }
}
