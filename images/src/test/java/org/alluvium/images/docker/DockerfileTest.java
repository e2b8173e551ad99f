package org.alluvium.images.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;

class DockerfileTest {

    @Test
    void linesThatAreContinuedAreOneInstructionWithoutTheCommentsBetween() {
        Dockerfile file = Dockerfile.parse("""
                # a comment
                FROM scratch

                run one && \\
                  # why
                  two
                CMD ["x"]
                """);
        assertThat(file.result().instructions())
                .containsExactly(new Instruction(4, "RUN", "one && two", ""), new Instruction(7, "CMD", "[\"x\"]", ""));
    }

    @Test
    void stagesAreToldFromBases() {
        Dockerfile file = Dockerfile.parse("""
                ARG D
                FROM a:1@${D} AS first
                RUN x
                FROM first as second
                FROM b:2
                """);
        assertThat(file.global()).extracting(Instruction::text).containsExactly("D");
        assertThat(file.stages()).extracting(Dockerfile.Stage::name).containsExactly("first", "second", "");
        assertThat(file.bases()).extracting(Dockerfile.Stage::base).containsExactly("a:1@${D}", "b:2");
        assertThat(file.result().from().line()).isEqualTo(5);
    }

    @Test
    void aDocumentBelongsToItsInstruction() {
        Dockerfile file = Dockerfile.parse("""
                FROM scratch
                RUN <<END
                # not a comment
                chmod 777 /x
                END
                USER 1:1
                """);
        assertThat(file.result().instructions().getFirst().document()).contains("# not a comment\nchmod 777 /x");
        assertThat(file.result().last("USER").line()).isEqualTo(6);
        assertThatThrownBy(() -> Dockerfile.parse("FROM a\nRUN <<END\nx")).hasMessageContaining("END");
    }

    @Test
    void optionsListsAndPairsAreRead() {
        Instruction copy = new Instruction(1, "COPY", "--from=java --chmod=0755 /opt/java/ /opt/java/", "");
        assertThat(copy.options()).containsExactly(entry("from", "java"), entry("chmod", "0755"));
        assertThat(copy.words()).containsExactly("/opt/java/", "/opt/java/");

        assertThat(new Instruction(1, "HEALTHCHECK", "--interval=5s CMD [\"a\", \"b c\"]", "").execForm())
                .hasValueSatisfying(list -> assertThat(list).containsExactly("a", "b c"));
        assertThat(new Instruction(1, "CMD", "['a']", "").execForm()).isEmpty();
        assertThat(new Instruction(1, "CMD", "a b", "").execForm()).isEmpty();

        assertThat(new Instruction(1, "LABEL", "a=\"b c\" d=e=f", "").pairs())
                .containsExactly(entry("a", "b c"), entry("d", "e=f"));
        assertThat(new Instruction(1, "ARG", "X", "").pairs()).containsExactly(entry("X", ""));
    }
}
