package org.alluvium.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Arrays;
import org.alluvium.cli.Main;
import org.junit.jupiter.api.Test;

/** The commands of {@code docs/deploy.md} are commands that there are. */
class DeployPageTest {

    private static final DeployPage PAGE = DeployPage.read();

    @Test
    void everyCallIsOneThatTheProgramTakes() {
        assertThat(PAGE.calls()).hasSizeGreaterThan(15);
        for (String call : PAGE.calls()) {
            String[] words = call.split(" ", -1);
            assertThatCode(() -> Main.commandLine().parseArgs(Arrays.copyOfRange(words, 1, words.length)))
                    .as(call)
                    .doesNotThrowAnyException();
        }
    }
}
