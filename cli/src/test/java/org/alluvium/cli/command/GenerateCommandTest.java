package org.alluvium.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class GenerateCommandTest {

    @Test
    void thePromptsTimeIsNotThatOfTheTokens() {
        Iterator<Long> nanos =
                List.of(0L, 50_000_000L, 60_000_000L, 70_000_000L).iterator();
        GenerateCommand.Clock clock = new GenerateCommand.Clock(nanos::next);
        clock.tick();
        assertThat(clock.line(7)).isEmpty();
        clock.tick();
        clock.tick();
        assertThat(clock.line(7)).contains("100 tokens/s; a prompt of 7 tokens took 50.0 ms");
    }
}
