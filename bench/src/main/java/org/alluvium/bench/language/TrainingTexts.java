package org.alluvium.bench.language;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.alluvium.bench.language.MessageCatalog.Message;
import org.alluvium.ingest.language.LanguageIdentifier;
import org.alluvium.ingest.language.Segments;
import org.jsoup.Jsoup;

/**
 * Writes the lines that the model of languages is trained on, in the form that fastText reads: of each language as many letters
 * as there are, up to a limit, from the messages of programs; where those are few, from the Universal Declaration of Human Rights
 * too. The same folders give the same lines.
 *
 * <p>Run it as docs/design/0014-language.md says: {@code bench/run.sh language.TrainingTexts PACKAGES DECLARATIONS LINES}.
 */
public final class TrainingTexts {

    private static final int MOST_LETTERS = 400_000;
    private static final int FEW_CHARACTERS = 60_000;
    private static final int SHORTEST_MESSAGE = 8;
    private static final int SHORTEST_TEXT = 20;
    private static final int LONGEST_TEXT = 250;
    private static final int PASSES = 8;
    private static final long SEED = 1;

    private static final Pattern LOCALE = Pattern.compile("/locale/([^/]+)/");
    private static final Pattern NO_WORDS =
            Pattern.compile("https?://\\S+|\\S+@\\S+|<[^>]*>|\\{[^}]*}|%[-0-9.$]*l?[a-zA-Z]|\\$\\w+|&#?\\w+;");
    private static final Pattern MARK_OF_KEY = Pattern.compile("[_&](?=\\p{L})|(?<=\\p{L})[_&]");

    /** Names of folders that are not the tag, or the start of the tag, of the language in them; empty is none that we take. */
    private static final Map<String, String> TAGS = Map.ofEntries(
            Map.entry("sr@latin", "sr-Latn"),
            Map.entry("sr@ijekavianlatin", "sr-Latn"),
            Map.entry("sr@ijekavian", "sr"),
            Map.entry("ca@valencia", "ca"),
            Map.entry("no", "nb"),
            Map.entry("fil", "tl"),
            Map.entry("mo", "ro"),
            Map.entry("tk", ""),
            Map.entry("uz@cyrillic", ""),
            Map.entry("tk-Latn", "tk"),
            Map.entry("uz-Latn", "uz"),
            Map.entry("az-Latn", "az"));

    private final Set<String> languages = LanguageIdentifier.bundled().languages();
    private final Map<String, Set<String>> texts = new TreeMap<>();
    private final Random random = new Random(SEED);

    private TrainingTexts() {}

    public static void main(String[] args) throws IOException {
        TrainingTexts training = new TrainingTexts();
        training.addMessages(Path.of(args[0]));
        training.addDeclarations(Path.of(args[1]));
        List<String> lines = training.lines();
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(Path.of(args[2])))) {
            lines.forEach(line -> out.print(line + '\n'));
        }
        System.out.println(lines.size() + " lines in " + training.texts.size() + " languages");
    }

    private void addMessages(Path folder) throws IOException {
        for (Path file : files(folder, ".mo")) {
            Matcher locale = LOCALE.matcher(file.toString());
            if (!locale.find()) {
                continue;
            }
            String tag = tag(locale.group(1));
            for (Message message : MessageCatalog.read(file)) {
                if (!message.original().equals(message.translation())) {
                    add(tag, message.translation());
                    add("en", message.original());
                }
            }
        }
    }

    private void addDeclarations(Path folder) throws IOException {
        for (Path file : files(folder, ".html")) {
            org.jsoup.nodes.Document page = Jsoup.parse(file);
            String tag = tag(page.select("html").attr("lang"));
            int have = texts.getOrDefault(tag, Set.of()).stream()
                    .mapToInt(String::length)
                    .sum();
            if (have < FEW_CHARACTERS) {
                page.select("p").eachText().forEach(text -> add(tag, text));
            }
        }
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    /** The tag of the language that a name stands for; empty if it is none of ours. */
    private String tag(String name) {
        String tag = TAGS.getOrDefault(name, name.replaceFirst("_.*", ""));
        return languages.contains(tag) ? tag : "";
    }

    private void add(String tag, String text) {
        String words = MARK_OF_KEY
                .matcher(NO_WORDS.matcher(text).replaceAll(" "))
                .replaceAll("")
                .strip();
        if (!tag.isEmpty() && words.length() >= SHORTEST_MESSAGE) {
            texts.computeIfAbsent(tag, t -> new LinkedHashSet<>()).add(words);
        }
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        texts.forEach((tag, some) -> {
            List<String> shuffled = new ArrayList<>(some);
            int letters = 0;
            for (int pass = 0; pass < PASSES && letters < MOST_LETTERS / PASSES; pass++) {
                Collections.shuffle(shuffled, random);
                letters += addLines(tag, shuffled, lines);
            }
        });
        Collections.shuffle(lines, random);
        return lines;
    }

    /** Puts texts together to some of different lengths; returns how many letters that made. */
    private int addLines(String tag, List<String> some, List<String> lines) {
        int letters = 0;
        for (int i = 0; i < some.size() && letters < MOST_LETTERS; ) {
            int length = random.nextInt(SHORTEST_TEXT, LONGEST_TEXT);
            StringBuilder text = new StringBuilder();
            while (i < some.size() && text.length() < length) {
                text.append(some.get(i++)).append(' ');
            }
            for (String segment : Segments.of(text.toString(), tag)) {
                lines.add("__label__" + tag + ' ' + segment.strip());
                letters += segment.length();
            }
        }
        return letters;
    }
}
