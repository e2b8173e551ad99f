package org.alluvium.ingest.rule;

import static org.alluvium.ingest.rule.Subjects.KEPT;
import static org.alluvium.ingest.rule.Subjects.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.alluvium.contracts.config.C4BadWordsConfig;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.ingest.filter.Decision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class C4BadWordsTest {

    private static final String REASON = "document_removed_with_badwords";

    @TempDir
    Path folder;

    @Test
    void aWordThatStandsAloneDropsThePage() throws IOException {
        C4BadWords filter = filter("# comment\nfoul\nnot nice\n\n");

        assertThat(reason(filter, "That is Foul.")).isEqualTo(REASON);
        assertThat(reason(filter, "That is not nice at all.")).isEqualTo(REASON);
        assertThat(reason(filter, "A foulard # comment is not unnice.")).isEqualTo(KEPT);
    }

    @Test
    void whatWasFoundIsSaid() throws IOException {
        assertThat(filter("foul\n").judge(Subjects.english("So foul!")))
                .isInstanceOfSatisfying(
                        Decision.Drop.class, drop -> assertThat(drop.detail()).isEqualTo("has 'foul'"));
    }

    @Test
    void whereWordsAreNotSeparatedAnEntryCountsAnywhere() throws IOException {
        C4BadWords filter = filter("坏词\n");

        assertThat(filter.judge(Subjects.of("zh", "这是坏词吗"))).isInstanceOf(Decision.Drop.class);
        assertThat(filter.judge(Subjects.of("ko", "이것은坏词입니다"))).isEqualTo(Decision.KEEP);
    }

    @Test
    void anEntryCanBeAllowed() throws IOException {
        Path list = Files.writeString(folder.resolve("list"), "one\ntwo\n");
        C4BadWords filter = new C4BadWords(new C4BadWordsConfig(List.of(list), List.of("two")));

        assertThat(reason(filter, "two")).isEqualTo(KEPT);
        assertThat(reason(filter, "one")).isEqualTo(REASON);
    }

    @Test
    void aListThatCannotBeReadIsNamed() throws IOException {
        Path missing = folder.resolve("missing");
        Path latin = Files.write(folder.resolve("latin"), "schön".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> new C4BadWords(new C4BadWordsConfig(List.of(missing), List.of())))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(missing.toString());
        assertThatThrownBy(() -> new C4BadWords(new C4BadWordsConfig(List.of(latin), List.of())))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(latin + ": the list is not UTF-8");
    }

    private C4BadWords filter(String list) throws IOException {
        return new C4BadWords(
                new C4BadWordsConfig(List.of(Files.writeString(folder.resolve("list"), list)), List.of()));
    }
}
