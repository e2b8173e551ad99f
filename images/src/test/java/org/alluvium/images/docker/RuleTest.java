package org.alluvium.images.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules hold for every image; and each rule finds what it is there for, and nothing in a file that is well. */
class RuleTest {

    private static final String WELL = """
            ARG A_DIGEST
            FROM jdk:25@${A_DIGEST} AS java
            FROM base:1.2@${A_DIGEST}
            RUN apt-get update && apt-get install -y --no-install-recommends x && rm -rf /var/lib/apt/lists/*
            COPY --from=java /opt/java/ /opt/java/
            ENV A=b
            USER 10001:10001
            STOPSIGNAL SIGTERM
            HEALTHCHECK NONE
            ENTRYPOINT ["/x"]
            CMD ["y"]
            ARG V
            LABEL org.opencontainers.image.title="t" org.opencontainers.image.description="d"
            LABEL org.opencontainers.image.licenses=L org.opencontainers.image.source=${V} \\
                  org.opencontainers.image.revision=${V} org.opencontainers.image.version=${V}
            LABEL org.opencontainers.image.created=${V}
            """;

    @Test
    void everyFolderWithADockerfileIsAnImage() {
        assertThat(Image.folders())
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Image.values()).map(Image::title).toList());
    }

    @ParameterizedTest
    @EnumSource
    void everyImageKeepsAllRules(Image image) {
        assertThat(Rule.allBreaches(image.dockerfile())).isEmpty();
    }

    /** What is let in is what is copied, so a secret that lies beside it cannot come along. */
    @ParameterizedTest
    @EnumSource
    void whatAnImageCopiesIsAllThatItsContextLetsIn(Image image) throws IOException {
        List<String> letIn = Files.readAllLines(image.folder().resolve("Dockerfile.dockerignore"));
        assertThat(letIn).startsWith("*");
        assertThat(letIn.stream().skip(1).map(line -> line.substring("!".length())))
                .containsExactlyInAnyOrderElementsOf(image.dockerfile()
                        .all("COPY")
                        .filter(copy -> !copy.options().containsKey("from"))
                        .map(copy -> copy.words().getFirst().replaceFirst("/[^/]*$", ""))
                        .distinct()
                        .toList());
    }

    @Test
    void aFileThatIsWellBreaksNone() {
        assertThat(Rule.allBreaches(Dockerfile.parse(WELL))).isEmpty();
    }

    @Test
    void everyRuleIsTried() {
        assertThat(samples().map(sample -> sample.get()[0])).contains((Object[]) Rule.values());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void whatBreaksARuleIsFound(Rule rule, String well, String bad) {
        assertThat(WELL).contains(well);
        assertThat(rule.breaches(Dockerfile.parse(WELL.replace(well, bad))))
                .as(bad)
                .isNotEmpty();
    }

    private static Stream<Arguments> samples() {
        return Stream.of(
                bad(Rule.EVERY_BASE_IS_PINNED_BY_A_DIGEST_THAT_IS_GIVEN, "base:1.2@${A_DIGEST}", "base:1.2"),
                bad(Rule.EVERY_BASE_IS_PINNED_BY_A_DIGEST_THAT_IS_GIVEN, "ARG A_DIGEST", "ARG A_DIGEST=sha256:00"),
                bad(Rule.EVERY_BASE_IS_PINNED_BY_A_DIGEST_THAT_IS_GIVEN, "ARG A_DIGEST", "ARG B_DIGEST"),
                bad(Rule.NO_BASE_IS_THE_LATEST, "base:1.2@", "base:latest@"),
                bad(Rule.NO_BASE_IS_THE_LATEST, "base:1.2@", "base@"),
                bad(Rule.NOTHING_IS_FETCHED_BY_ADD, "ENV A=b", "ADD https://example.org/x.tgz /opt/"),
                bad(Rule.NO_SECRET_IS_IN_THE_IMAGE, "ENV A=b", "ENV A=b DB_PASSWORD=x"),
                bad(Rule.NO_SECRET_IS_IN_THE_IMAGE, "ARG V", "ARG API_TOKEN\nARG V"),
                bad(Rule.PACKAGES_ARE_NO_MORE_THAN_NEEDED, "--no-install-recommends ", ""),
                bad(Rule.NO_LISTS_OF_PACKAGES_STAY, " && rm -rf /var/lib/apt/lists/*", ""),
                bad(Rule.THE_LAST_USER_IS_A_NUMBER_AND_NOT_ROOT, "USER 10001:10001", "USER alluvium"),
                bad(Rule.THE_LAST_USER_IS_A_NUMBER_AND_NOT_ROOT, "USER 10001:10001", "USER 10001:10001\nUSER 0:0"),
                bad(Rule.THE_LAST_USER_IS_A_NUMBER_AND_NOT_ROOT, "USER 10001:10001\n", ""),
                bad(Rule.PROGRAMS_ARE_STARTED_WITHOUT_A_SHELL, "ENTRYPOINT [\"/x\"]", "ENTRYPOINT /x"),
                bad(Rule.PROGRAMS_ARE_STARTED_WITHOUT_A_SHELL, "CMD [\"y\"]\n", ""),
                bad(Rule.PROGRAMS_ARE_STARTED_WITHOUT_A_SHELL, "HEALTHCHECK NONE", "HEALTHCHECK CMD curl localhost"),
                bad(Rule.IT_SAYS_WHAT_IT_IS, "org.opencontainers.image.revision=${V}", ""),
                bad(Rule.A_VARIABLE_OF_THE_RESULT_IS_DECLARED_IN_IT, "ARG V\n", ""),
                bad(Rule.NOTHING_MAY_BE_WRITTEN_BY_ALL, "ENV A=b", "RUN chmod -R 777 /opt"),
                bad(Rule.NOTHING_MAY_BE_WRITTEN_BY_ALL, "ENV A=b", "RUN chmod a+rwx /opt"),
                bad(Rule.NOTHING_MAY_BE_WRITTEN_BY_ALL, "ENV A=b", "RUN install -d -m 0777 /opt/x"),
                bad(Rule.NOTHING_MAY_BE_WRITTEN_BY_ALL, "ENV A=b", "RUN <<END\nchmod 0666 /x\nEND"),
                bad(Rule.COPIES_COME_FROM_THE_CONTEXT_OR_A_NAMED_STAGE, "--from=java", "--from=somebody/tools:1"),
                bad(Rule.IT_ENDS_WHEN_IT_IS_TOLD_TO, "SIGTERM", "SIGKILL"),
                bad(Rule.IT_SAYS_HOW_IT_IS_DOING, "HEALTHCHECK NONE\n", ""));
    }

    private static Arguments bad(Rule rule, String well, String bad) {
        return Arguments.of(rule, well, bad);
    }
}
