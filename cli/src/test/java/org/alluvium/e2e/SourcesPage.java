package org.alluvium.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * {@code docs/sources.md}: sections, each with one example of a configuration.
 *
 * @param examples the YAML, by heading, in the order of the page
 */
record SourcesPage(Map<String, String> examples) {

    private static final Pattern SECTION = Pattern.compile("(?m)^## (.+)$");
    private static final Pattern EXAMPLE = Pattern.compile("(?s)```yaml\n(.*?)```");
    private static final String LIST = "sources:\n";

    static SourcesPage read() {
        try {
            // Tests run in the folder of their module.
            return of(Files.readString(Path.of("").toAbsolutePath().resolveSibling("docs/sources.md")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SourcesPage of(String page) {
        Map<String, String> examples = new LinkedHashMap<>();
        List<MatchResult> headings = SECTION.matcher(page).results().toList();
        for (int i = 0; i < headings.size(); i++) {
            int end = i + 1 < headings.size() ? headings.get(i + 1).start() : page.length();
            String heading = headings.get(i).group(1);
            examples.put(
                    heading, example(heading, page.substring(headings.get(i).end(), end)));
        }
        return new SourcesPage(examples);
    }

    private static String example(String heading, String section) {
        List<String> found = EXAMPLE.matcher(section)
                .results()
                .map(example -> example.group(1))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError("section '" + heading + "' has " + found.size() + " examples, and needs one");
        }
        return found.getFirst();
    }

    /** One configuration that has the sources of several examples, none of which says anything else. */
    String together(Iterable<String> headings) {
        StringBuilder yaml = new StringBuilder(LIST);
        for (String heading : headings) {
            String example = examples.get(heading);
            if (!example.startsWith(LIST) || example.lines().skip(1).anyMatch(line -> line.matches("\\S.*"))) {
                throw new AssertionError("the example of '" + heading + "' has more than sources:\n" + example);
            }
            yaml.append(example, LIST.length(), example.length());
        }
        return yaml.toString();
    }
}
