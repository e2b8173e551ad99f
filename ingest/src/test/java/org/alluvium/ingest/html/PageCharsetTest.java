package org.alluvium.ingest.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageCharsetTest {

    private static final Charset LATIN_1 = Charset.forName("windows-1252");
    private static final String GERMAN =
            "<p>Die Stra\u00dfe f\u00fchrt \u00fcber die Br\u00fccke, sagt sie \u2013 \u20ac 5.";

    @Test
    void theByteOrderMarkGoesBeforeAllThatIsDeclared() {
        for (Charset charset :
                new Charset[] {StandardCharsets.UTF_8, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE}) {
            assertThat(PageCharset.decode(("\uFEFF" + GERMAN).getBytes(charset), Optional.of("koi8-r")))
                    .isEqualTo(GERMAN);
        }
    }

    @Test
    void whatIsUtf8IsUtf8WhateverIsDeclared() {
        String page = "<meta charset=iso-8859-1>" + GERMAN;
        assertThat(PageCharset.decode(page.getBytes(StandardCharsets.UTF_8), Optional.of("windows-1251")))
                .isEqualTo(page);
    }

    @Test
    void theServerIsBelievedBeforeThePage() {
        String page = "<meta charset=windows-1251>" + GERMAN;
        assertThat(PageCharset.decode(page.getBytes(LATIN_1), Optional.of("ISO-8859-1")))
                .isEqualTo(page);
    }

    @Test
    void aDeclarationThatCannotBeTrueIsPassedOver() {
        String page =
                "<meta charset=utf-8>" + GERMAN + " Und so weiter, \u00fcber \u00c4cker und H\u00f6fe, f\u00fcr alle.";
        assertThat(PageCharset.decode(page.getBytes(LATIN_1), Optional.of("utf-8")))
                .isEqualTo(page);
    }

    @ParameterizedTest
    @CsvSource({
        "<meta charset=\"KOI8-R\">",
        "<META HTTP-EQUIV='Content-Type' CONTENT='text/html; charset=koi8-r'>",
        "<?xml version='1.0' encoding='KOI8-R'?>"
    })
    void thePagesOwnDeclarationIsRead(String declaration) {
        String page = declaration + "<p>\u041f\u0440\u0438\u0432\u0435\u0442, \u043c\u0438\u0440";
        assertThat(PageCharset.decode(page.getBytes(Charset.forName("KOI8-R")), Optional.empty()))
                .isEqualTo(page);
    }

    @Test
    void aPageThatReadsAsAsciiIsNotUtf16WhateverItSays() {
        String page = "<meta charset=utf-16><p>plain";
        assertThat(PageCharset.decode(page.getBytes(StandardCharsets.US_ASCII), Optional.empty()))
                .isEqualTo(page);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "windows-1251 | \u0420\u0435\u043a\u0430 \u043d\u0435\u0441\u0451\u0442 \u043f\u0435\u0441\u043e\u043a \u0438"
                        + " \u0433\u043b\u0438\u043d\u0443 \u043a \u0440\u0430\u0432\u043d\u0438\u043d\u0435 \u0438 \u0441\u043a\u043b\u0430\u0434\u044b\u0432\u0430\u0435\u0442"
                        + " \u0438\u0445 \u0441\u043b\u043e\u0439 \u0437\u0430 \u0441\u043b\u043e\u0435\u043c. \u041a\u0430\u0436\u0434\u043e\u0435"
                        + " \u043f\u043e\u043b\u043e\u0432\u043e\u0434\u044c\u0435 \u043e\u0441\u0442\u0430\u0432\u043b\u044f\u0435\u0442"
                        + " \u043d\u043e\u0432\u044b\u0439 \u0441\u043b\u043e\u0439, \u0438 \u043f\u043e \u044d\u0442\u0438\u043c"
                        + " \u0441\u043b\u043e\u044f\u043c \u043c\u043e\u0436\u043d\u043e \u043f\u0440\u043e\u0447\u0435\u0441\u0442\u044c,"
                        + " \u043a\u0430\u043a\u0438\u043c \u0431\u044b\u043b \u0433\u043e\u0434.",
                "Shift_JIS | \u3044\u308d\u306f\u306b\u307b\u3078\u3068 \u3061\u308a\u306c\u308b\u3092"
                        + " \u308f\u304b\u3088\u305f\u308c\u305d \u3064\u306d\u306a\u3089\u3080",
                "EUC-JP | \u3044\u308d\u306f\u306b\u307b\u3078\u3068 \u3061\u308a\u306c\u308b\u3092"
                        + " \u308f\u304b\u3088\u305f\u308c\u305d \u3064\u306d\u306a\u3089\u3080",
                "GB18030 | \u4eca\u5929\u7684\u5929\u6c14\u5f88\u597d\uff0c\u6211\u4eec\u4e00\u8d77\u53bb\u516c\u56ed"
                        + "\u6563\u6b65\uff0c\u665a\u4e0a\u56de\u5bb6\u5403\u996d\u3002",
                "EUC-KR | \ub2e4\ub78c\uc950 \ud5cc \uccc7\ubc14\ud034\uc5d0 \ud0c0\uace0\ud30c \ud558\ub294"
                        + " \uc0ac\ub78c\ub4e4\uc774 \ub9ce\uc774 \uc788\ub2e4",
            })
    void whereNothingIsDeclaredTheBytesTell(String charset, String text) {
        assertThat(PageCharset.decode(text.getBytes(Charset.forName(charset)), Optional.empty()))
                .isEqualTo(text);
    }

    @Test
    void bytesThatFitNothingAreReplacedAndTheRestStays() {
        byte[] page = {'o', 'k', (byte) 0xE4, (byte) 0xB8, ' ', (byte) 0xFF, '!'};
        assertThat(PageCharset.decode(page, Optional.of("utf-8")))
                .startsWith("ok")
                .endsWith("!");
    }

    @Test
    void aNameThatIsNoneIsPassedOver() {
        assertThat(PageCharset.decode(GERMAN.getBytes(StandardCharsets.UTF_16LE).clone(), Optional.of("no such\0")))
                .isNotEmpty();
        assertThat(CharsetLabel.charset("")).isEmpty();
        assertThat(CharsetLabel.charset("latin1")).contains(LATIN_1);
    }
}
