package org.alluvium.flink.job;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Documents that deduplication has something to say of, always the same. Every file has a copy of every text, a document of every
 * address and a page of every host; what becomes of them all does not depend on which is first.
 */
final class Copies {

    private static final int TEXTS = 150;
    private static final int ADDRESSES = 40;
    private static final int HOSTS = 10;
    private static final int WORDS = 60;

    /** Copies of a text come in as many variants, which differ in one word. */
    private static final int VARIANTS = 8;

    /** How many pages of a host keep a line that all of them have, as {@code dedup.lines.documents} is by default. */
    private static final int PAGES_BEFORE_BOILERPLATE = 3;

    private final int files;

    Copies(int files) {
        this.files = files;
    }

    int documentsInAFile() {
        return TEXTS + ADDRESSES + HOSTS;
    }

    long documents() {
        return (long) files * documentsInAFile();
    }

    /** Names of what one document each will be kept of: every text, every address, every page. */
    List<String> clusters() {
        return Stream.of(
                        named("text", TEXTS),
                        named("address", ADDRESSES),
                        IntStream.range(0, files).boxed().flatMap(file -> named("page" + file + "of", HOSTS)))
                .flatMap(names -> names)
                .toList();
    }

    private static Stream<String> named(String name, int count) {
        return IntStream.range(0, count).mapToObj(i -> name + i);
    }

    /** Which of {@link #clusters} a document is of. */
    static String clusterOf(String documentId) {
        return documentId.substring(0, documentId.indexOf('-'));
    }

    Map<String, Long> duplicates() {
        int variants = Math.min(VARIANTS, files);
        return Map.of(
                "exact", (long) TEXTS * (files - variants),
                "near", (long) TEXTS * (variants - 1),
                "url", (long) ADDRESSES * (files - 1));
    }

    long pagesWithBoilerplate() {
        return (long) HOSTS * (files - PAGES_BEFORE_BOILERPLATE);
    }

    /** Lines of JSON in an order of their own. */
    String file(int file) {
        List<String> lines = new ArrayList<>();
        for (int text = 0; text < TEXTS; text++) {
            String own = text(0, text) + " " + word(new Random(file % VARIANTS));
            lines.add(line("text" + text, file, "copy" + file + "-" + text + ".example.org/", own));
        }
        for (int address = 0; address < ADDRESSES; address++) {
            String url = "address" + address + ".example.org/page?utm_source=" + file;
            lines.add(line("address" + address, file, url, text(1 + file, address)));
        }
        for (int host = 0; host < HOSTS; host++) {
            String url = "host" + host + ".example.org/page" + file;
            lines.add(line("page" + file + "of" + host, file, url, "Home | About\\n\\n" + text(-1 - file, host)));
        }
        Collections.shuffle(lines, new Random(file));
        return String.join("", lines);
    }

    private static String line(String cluster, int file, String url, String text) {
        return "{\"id\":\"%s-%d\",\"url\":\"https://%s\",\"text\":\"%s\"}\n".formatted(cluster, file, url, text);
    }

    /** Words that no other text has: digits would not tell texts apart, all numbers are alike to near-duplicates. */
    private static String text(int kind, int number) {
        Random random = new Random(1_000L * kind + number);
        return String.join(" ", Stream.generate(() -> word(random)).limit(WORDS).toList());
    }

    private static String word(Random random) {
        return random.ints(6, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
