package org.alluvium.ingest.mark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.alluvium.ingest.frame.Framing;
import org.alluvium.ingest.frame.Scans;
import org.alluvium.ingest.frame.Scans.Found;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MarkedFramingTest {

    private static final long MAX_BYTES = 100;
    private static final String HEAD = "<mediawiki xml:lang=\"de\">\n<siteinfo><x/></siteinfo>\n";
    private static final String FIRST = "From a@x Mon Jan  1 00:00:00 2024\nSubject: 1\n\nFrom here on\n\n";
    private static final String SECOND =
            "From b Tue Jan  2 10:11 2024\r\nSubject: 2\r\n\r\n>From x Mon Jan 1 00:00:00 2024\r\n";

    private static List<Found> all(Framing.Streamed framing, String content) {
        return Scans.all(framing, content.getBytes(UTF_8), MAX_BYTES);
    }

    @Test
    void messagesBeginAtSeparatingLinesWithADate() {
        assertThat(all(MarkedFraming.mbox(), FIRST + SECOND))
                .containsExactly(new Found(0, FIRST), new Found(FIRST.length(), SECOND));
    }

    @Test
    void whatPrecedesTheFirstSeparatorIsAMessageUnlessItIsBlank() {
        assertThat(all(MarkedFraming.mbox(), "Subject: 0\n\n" + FIRST))
                .containsExactly(new Found(0, "Subject: 0\n\n"), new Found(12, FIRST));
        assertThat(all(MarkedFraming.mbox(), "\n\n" + FIRST)).containsExactly(new Found(2, FIRST));
    }

    @Test
    void pagesAreElements() {
        assertThat(all(MarkedFraming.mediaWiki(), HEAD + "<page>a</page>\n <page>\u00e9</page></mediawiki>\n"))
                .containsExactly(
                        new Found(HEAD.length(), "<page>a</page>"),
                        new Found(HEAD.length() + 16, "<page>\u00e9</page>"));
    }

    @Test
    void aPageWithADamagedTagIsARecordAndHarmsNoOther() {
        assertThat(all(MarkedFraming.mediaWiki(), HEAD + "<page>a</page><pa#e>b</page><page>c<page>d</page>e<page>f"))
                .extracting(Found::what)
                .containsExactly("<page>a</page>", "<pa#e>b</page>", "<page>c", "<page>d</page>", "e", "<page>f");
    }

    @Test
    void aFileThatIsNoDumpIsARecord() {
        assertThat(all(MarkedFraming.mediaWiki(), "<html></html>")).containsExactly(new Found(0, "<html></html>"));
        assertThat(all(MarkedFraming.mediaWiki(), HEAD + "</mediawiki>")).isEmpty();
        assertThat(all(MarkedFraming.mediaWiki(), "")).isEmpty();
    }

    @Test
    void aRecordThatIsTooLongIsPassedOver() {
        String longPage = "<page>" + "x".repeat(200_000) + "</page>";
        assertThat(all(MarkedFraming.mediaWiki(), HEAD + longPage + "<page>a</page>"))
                .containsExactly(
                        new Found(HEAD.length(), "too long: " + longPage.length()),
                        new Found(HEAD.length() + longPage.length(), "<page>a</page>"));
    }

    static Stream<Arguments> contents() {
        return Stream.of(
                Arguments.of(MarkedFraming.mbox(), FIRST + SECOND + FIRST),
                Arguments.of(MarkedFraming.mbox(), "no mailbox"),
                Arguments.of(
                        MarkedFraming.mediaWiki(),
                        HEAD
                                + "<page>a</page>\n<page>b\u00e9</page><pa#e>b</page> x<page>c<page>d</page>e<page>f</page>\n</mediawiki>"),
                Arguments.of(
                        MarkedFraming.mediaWiki(), HEAD + "<page>a</page><page>" + "x".repeat(200) + "</page> <page>"));
    }

    @ParameterizedTest
    @MethodSource("contents")
    void whereverTheContentIsCutInThreeTheRecordsAreTheSame(MarkedFraming framing, String content) {
        byte[] bytes = content.getBytes(UTF_8);
        List<Found> whole = Scans.all(framing, bytes, MAX_BYTES);
        for (int first = 0; first <= bytes.length; first++) {
            for (int second = first; second <= bytes.length; second++) {
                assertThat(Scans.union(framing, bytes, MAX_BYTES, first, second))
                        .as("cut at %s and %s", first, second)
                        .isEqualTo(whole);
            }
        }
    }
}
