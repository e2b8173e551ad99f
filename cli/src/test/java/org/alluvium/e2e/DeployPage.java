package org.alluvium.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * {@code docs/deploy.md}: blocks of commands.
 *
 * @param blocks of shell, in the order of the page
 */
record DeployPage(List<String> blocks) {

    private static final Pattern BLOCK = Pattern.compile("(?s)```sh\n(.*?)```");

    static DeployPage read() {
        try {
            // Tests run in the folder of their module.
            String page = Files.readString(Path.of("").toAbsolutePath().resolveSibling("docs/deploy.md"));
            return new DeployPage(
                    BLOCK.matcher(page).results().map(found -> found.group(1)).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those that are one session in an empty folder. */
    List<String> inOrder() {
        return blocks.stream().filter(block -> block.startsWith("# In order\n")).toList();
    }

    /** The one that is run where nothing but a bucket is left. */
    String fromTheBucket() {
        return blocks.stream()
                .filter(block -> block.startsWith("# From the bucket\n"))
                .findFirst()
                .orElseThrow();
    }

    /** Every line that calls the program by its launcher, without its comment; distributions are the launcher's own doing. */
    List<String> calls() {
        return blocks.stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith("./alluvium "))
                .map(line -> line.replaceFirst("\\s+(#|>|&).*", ""))
                .filter(line -> !line.equals("./alluvium dist"))
                .toList();
    }
}
