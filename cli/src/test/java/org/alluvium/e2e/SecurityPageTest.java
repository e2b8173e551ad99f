package org.alluvium.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code docs/security.md} says is tested, is. */
class SecurityPageTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w*(?:Test|IT))\\.(\\w+)`");

    @Test
    void everyTestThatThePageNamesExists() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/security.md"));
        Map<String, String> tests = tests();
        List<String> missing = NAMED.matcher(page)
                .results()
                .filter(named -> !tests.getOrDefault(named.group(1), "").contains("void " + named.group(2) + "("))
                .map(named -> named.group(1) + "." + named.group(2))
                .toList();
        assertThat(missing).isEmpty();
        assertThat(NAMED.matcher(page).results().count()).isGreaterThan(15);
    }

    @Test
    void everyThreatHasATestOrAReasonWhyNot() throws IOException {
        List<String> threats = threats(Files.readString(ROOT.resolve("docs/security.md")));
        assertThat(threats)
                .hasSizeGreaterThan(10)
                .allSatisfy(row -> assertThat(NAMED.matcher(row).find() || row.contains("not defended, because"))
                        .as(row)
                        .isTrue());
    }

    /** The rows of tables that begin with a threat. */
    private static List<String> threats(String page) {
        return Pattern.compile("(?m)^\\| threat \\|.*\n\\|-.*\n((?:\\|.*\n)+)")
                .matcher(page)
                .results()
                .flatMap(table -> table.group(1).lines())
                .toList();
    }

    /** The source of every test class of the repository, by its name. */
    private static Map<String, String> tests() throws IOException {
        try (Stream<Path> modules = Files.list(ROOT)) {
            return modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .flatMap(SecurityPageTest::files)
                    .filter(file -> file.toString().matches(".*(Test|IT)\\.java"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replace(".java", ""),
                            SecurityPageTest::read,
                            String::concat));
        }
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
