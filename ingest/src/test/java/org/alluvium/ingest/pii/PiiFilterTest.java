package org.alluvium.ingest.pii;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.alluvium.contracts.config.PiiConfig;
import org.alluvium.contracts.config.PiiConfig.Action;
import org.alluvium.contracts.document.Document;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.ingest.filter.Decision;
import org.alluvium.ingest.filter.Finding;
import org.alluvium.ingest.filter.Subject;
import org.junit.jupiter.api.Test;

class PiiFilterTest {

    @Test
    void theSameValueHasTheSamePlaceholderThroughoutADocument() {
        String text = "ann@x.org asks bob@x.org, who answers Ann@X.org at +44 20 7946 0911 or +44-20-79460911.";

        assertThat(judge(all(Action.REDACT), text)).isInstanceOfSatisfying(Decision.Change.class, change -> {
            assertThat(change.subject().text())
                    .isEqualTo("<email_1> asks <email_2>, who answers <email_1> at <phone_1> or <phone_1>.");
            assertThat(change.edits()).isEqualTo(Map.of("email", 3L, "phone", 2L));
        });
    }

    @Test
    void edgesAndNeighboursOfWhatIsTakenOutStay() {
        assertThat(text(judge(all(Action.REDACT), "a@x.org"))).isEqualTo("<email_1>");
        assertThat(text(judge(all(Action.REDACT), "邮箱a@x.org手机13969072262。"))).isEqualTo("邮箱<email_1>手机<phone_1>。");
    }

    @Test
    void aMaskKeepsTheShape() {
        assertThat(text(judge(all(Action.MASK), "Mail a.b@x.org, card 4111 1111 1111 1111.")))
                .isEqualTo("Mail *.*@*.***, card **** **** **** ****.");
    }

    @Test
    void countsAreByKindAndPlaceholdersByType() {
        assertThat(judge(all(Action.REDACT), "219-09-9999 and 12345678Z"))
                .isInstanceOfSatisfying(Decision.Change.class, change -> {
                    assertThat(change.subject().text()).isEqualTo("<national_id_1> and <national_id_2>");
                    assertThat(change.edits()).isEqualTo(Map.of("us_ssn", 1L, "es_dni", 1L));
                });
    }

    @Test
    void aTypeCanDropADocumentWhileOthersAreRedacted() {
        PiiConfig config = new PiiConfig(
                Action.REDACT,
                Action.KEEP,
                Action.KEEP,
                Action.KEEP,
                Action.DROP,
                Action.KEEP,
                Action.KEEP,
                List.of(),
                0);

        assertThat(judge(config, "a@x.org and 4111111111111111"))
                .isEqualTo(new Decision.Drop("credit_card", "1 found", List.of(Finding.atMost("credit_card", 1, 0))));
        assertThat(text(judge(config, "a@x.org and +44 20 7946 0911"))).isEqualTo("<email_1> and +44 20 7946 0911");
        assertThat(new PiiFilter(config).examine(subject("plain")))
                .containsExactly(Finding.atMost("credit_card", 0, 0));
    }

    @Test
    void aDocumentMayHoldAsManyAsIsConfiguredAndNoMore() {
        PiiConfig config = new PiiConfig(
                Action.REDACT,
                Action.KEEP,
                Action.KEEP,
                Action.KEEP,
                Action.KEEP,
                Action.KEEP,
                Action.KEEP,
                List.of(),
                2);

        assertThat(judge(config, "a@x.org b@x.org")).isInstanceOf(Decision.Change.class);
        assertThat(judge(config, "a@x.org b@x.org c@x.org"))
                .isEqualTo(new Decision.Drop("too_many", "3 found", List.of(Finding.atMost("too_many", 3, 2))));
    }

    @Test
    void aTextWithNothingToTakeOutIsKept() {
        assertThat(judge(all(Action.REDACT), "Nothing here.")).isSameAs(Decision.KEEP);
    }

    @Test
    void aCountryWithoutAKnownIdIsRefused() {
        PiiConfig config = new PiiConfig(
                Action.KEEP,
                Action.KEEP,
                Action.KEEP,
                Action.KEEP,
                Action.KEEP,
                Action.REDACT,
                Action.KEEP,
                List.of("us", "uk"),
                0);

        assertThatThrownBy(() -> new PiiFilter(config))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("'uk'", "filters.pii.countries", "gb");
    }

    @Test
    void theFilterIsOffWhereEverythingIsKept() {
        assertThat(PiiFilter.isOn(all(Action.KEEP))).isFalse();
        assertThat(PiiFilter.isOn(all(Action.MASK))).isTrue();
    }

    @Property
    void whatWasTakenOutOnceIsNotFoundAgain(@ForAll("texts") String text) {
        for (Action action : List.of(Action.REDACT, Action.MASK)) {
            String out = text(judge(all(action), text));

            assertThat(judge(all(action), out)).as("%s of %s", action, text).isSameAs(Decision.KEEP);
        }
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "a.b@x.org",
                        "+44 20 7946 0911",
                        "Tel. 555-0126",
                        "4111 1111 1111 1111",
                        "219-09-9999",
                        "81.41.250.172",
                        "2a01:4f8::1",
                        "DE89370400440532013000",
                        "AKIAIOSFODNN7EXAMPLE",
                        "api_key=Zx81kQ0pLm3Rt7Vw9YbN",
                        "und",
                        "电话",
                        "7",
                        "-",
                        "13969072262",
                        "(",
                        "/")
                .list()
                .ofMaxSize(8)
                .map(parts -> String.join(" and ", parts));
    }

    private static Decision judge(PiiConfig config, String text) {
        return new PiiFilter(config).judge(subject(text));
    }

    private static String text(Decision decision) {
        return decision instanceof Decision.Change change ? change.subject().text() : "";
    }

    private static Subject subject(String text) {
        return Subject.of(
                new Document("id", "source", "file@0", Optional.empty(), text, 0, Optional.empty(), Map.of()));
    }

    private static PiiConfig all(Action action) {
        return new PiiConfig(action, action, action, action, action, action, action, List.of(), 0);
    }
}
