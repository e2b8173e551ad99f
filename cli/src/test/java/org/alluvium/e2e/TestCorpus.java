package org.alluvium.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * A small seeded corpus as numbered JSONL files: mostly distinct documents, some exact duplicates, some lines that are no
 * documents. What must come out is known in advance.
 *
 * @param files number of files
 * @param linesPerFile lines in each
 * @param seed decides every character
 */
record TestCorpus(int files, int linesPerFile, long seed) {

    private static final List<String> WORDS =
            List.of(("river delta silt stone water bends slowly carries towards the a sea and leaves "
                            + "behind what it took from mountains every spring flood Parlament über")
                    .split(" "));

    /** What becomes of the lines. */
    record Expected(List<String> acceptedIds, int duplicates, int deadLetters) {}

    /** Publishes one file under its final name, whole or not at all. */
    void publish(Path inbox, int file) {
        try {
            Files.createDirectories(inbox);
            Path temporary = inbox.resolve(".tmp-" + file);
            Files.write(temporary, lines(file));
            Files.move(temporary, inbox.resolve("part-%05d.jsonl".formatted(file)), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Expected expected() {
        List<String> accepted = new ArrayList<>();
        TreeSet<String> texts = new TreeSet<>();
        int duplicates = 0;
        int deadLetters = 0;
        for (int file = 0; file < files; file++) {
            for (int line = 0; line < linesPerFile; line++) {
                if (isBroken(file, line)) {
                    deadLetters++;
                } else if (texts.add(text(file, line))) {
                    accepted.add(id(file, line));
                } else {
                    duplicates++;
                }
            }
        }
        return new Expected(accepted, duplicates, deadLetters);
    }

    /** What is in one file. */
    List<String> lines(int file) {
        List<String> lines = new ArrayList<>();
        for (int line = 0; line < linesPerFile; line++) {
            lines.add(
                    isBroken(file, line)
                            ? "{\"text\": 17, this is not JSON"
                            : "{\"id\":\"%s\",\"text\":\"%s\"}".formatted(id(file, line), text(file, line)));
        }
        return lines;
    }

    /** The text of the document that carries the id. */
    String textOf(String id) {
        return text(Integer.parseInt(id.substring(4, 9)), Integer.parseInt(id.substring(10)));
    }

    private static String id(int file, int line) {
        return "doc-%05d-%04d".formatted(file, line);
    }

    private static boolean isBroken(int file, int line) {
        return (file * 31 + line) % 17 == 5;
    }

    private String text(int file, int line) {
        // Every eleventh line of a later file repeats, to the letter, one of the first file.
        boolean repeats = file > 0 && line % 11 == 3;
        long key = repeats ? line : file * 1_000_003L + line;
        SplittableRandom random = new SplittableRandom(seed + key);
        int words = 12 + random.nextInt(60);
        StringBuilder text = new StringBuilder("Report ").append(key).append(':');
        for (int i = 0; i < words; i++) {
            text.append(' ').append(WORDS.get(random.nextInt(WORDS.size())));
        }
        return text.append('.').toString();
    }
}
