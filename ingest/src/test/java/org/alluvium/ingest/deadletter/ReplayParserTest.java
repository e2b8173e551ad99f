package org.alluvium.ingest.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.alluvium.contracts.config.Location;
import org.alluvium.contracts.config.SourceConfig;
import org.alluvium.contracts.document.Document;
import org.alluvium.ingest.record.DeadLetter;
import org.alluvium.ingest.record.DeadLetterReason;
import org.alluvium.ingest.record.Parsed;
import org.alluvium.ingest.record.ParsedDocument;
import org.alluvium.ingest.record.SourceRecord;
import org.junit.jupiter.api.Test;

class ReplayParserTest {

    private final ReplayParser parser = new ReplayParser(
            List.of(SourceConfig.ofFolder("news", Location.of(Path.of("in")), SourceConfig.Format.JSONL, true)));

    private Parsed parse(String line) {
        return parser.parse(SourceRecord.Content.of(ReplaySource.NAME, "1.jsonl.gz@0", 1, line.getBytes(UTF_8)));
    }

    private Parsed feedBack(String record) {
        return parse(DeadLetterJson.encode(Letters.stored(1, 1, Letters.of(record))));
    }

    @Test
    void aRecordBecomesWhatItsOwnSourceMakesOfIt() {
        assertThat(feedBack("{\"text\":\"Good now\"}")).isInstanceOfSatisfying(ParsedDocument.class, parsed -> {
            Document document = parsed.document();
            assertThat(document.source()).isEqualTo("news");
            assertThat(document.origin()).isEqualTo("a/b.jsonl@170");
            assertThat(document.id()).as("the key").isEqualTo("k");
            assertThat(document.eventTimeMillis()).isEqualTo(Letters.TIME);
        });
    }

    @Test
    void aRecordThatIsRefusedAgainHasOneMoreAttempt() {
        assertThat(feedBack("still bad")).isInstanceOfSatisfying(DeadLetter.class, letter -> {
            assertThat(letter.origin()).isEqualTo("a/b.jsonl@170");
            assertThat(letter.attempt()).isEqualTo(3);
            assertThat(letter.isWhole()).isTrue();
        });
    }

    @Test
    void aRecordOfASourceThatIsGoneIsKept() {
        Parsed parsed = new ReplayParser(List.of())
                .parse(SourceRecord.Content.of(
                        ReplaySource.NAME,
                        "1.jsonl.gz@0",
                        1,
                        DeadLetterJson.encode(Letters.stored(1, 1, Letters.of("x")))
                                .getBytes(UTF_8)));
        assertThat(parsed).isInstanceOfSatisfying(DeadLetter.class, letter -> {
            assertThat(letter.reason()).isEqualTo(DeadLetterReason.SOURCE_UNKNOWN);
            assertThat(letter.source()).isEqualTo("news");
            assertThat(letter.isWhole()).isTrue();
        });
    }

    @Test
    void whatIsNotALineOfTheFolderIsADeadLetterOfTheFolder() {
        assertThat(parse("nonsense"))
                .isInstanceOfSatisfying(
                        DeadLetter.class, letter -> assertThat(letter.source()).isEqualTo(ReplaySource.NAME));
        SourceRecord failure = new SourceRecord.Failure(
                ReplaySource.NAME, "1.jsonl.gz@9", 1, DeadLetterReason.FILE_DAMAGED, "cut short", new byte[0]);
        assertThat(parser.parse(failure))
                .isInstanceOfSatisfying(
                        DeadLetter.class,
                        letter -> assertThat(letter.reason()).isEqualTo(DeadLetterReason.FILE_DAMAGED));
    }
}
