package org.alluvium.ingest.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextRepairTest {

    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    /** Correct texts, many of them with what looks like damage. */
    static Stream<String> correctTexts() {
        return Stream.of(
                "Plain ASCII, with R&D, a < b and x&y;",
                "La qualité\u00a0» de l’été, dit-il, «\u00a0à l’œuvre\u00a0».",
                "LE CAFÉ» NOIR",
                "Er sagte: „Die ÄÖÜ“ und »Spaß«, 20 °C, 5 €.",
                "Apresentação: transições, ações, opções, seções e não só. NÃO. CONFIGURAÇÃO, OPÇÕES E SEÇÕES",
                "¡¿Qué?! ¡¿Cómo?! ¡¿Cuándo?!",
                "Įžanga: ąčęėįšųūž, žodžiai „kabutėse“.",
                "Ελληνικά: «λόγος» και ½.",
                "Он сказал: «Да», а она — нет…",
                "中文：“引号”和《书名》。日本語の「括弧」、ﾊﾝｶｸ。한국어 문장입니다.",
                "می‌خواهم و نمی‌خواهم",
                "រូបភាព\u200bនិង\u200bអក្សរ",
                "👩\u200d💻 works ☕\uFE0F with her 👨\u200d👩\u200d👧",
                "an\u00adder\u00adswo",
                "std::\u200bvector (since C++11) \u200b0\u200b, next",
                "Write &lt; for < and &nbsp; for a space that stays: <b>a&nbsp;b</b>",
                "The reference &nbsp; is a space, and &amp; is &.",
                "Â is a letter of Romanian and Vietnamese, Ã of Portuguese.");
    }

    @ParameterizedTest
    @MethodSource("correctTexts")
    void correctTextStaysAsItIs(String text) {
        assertThat(TextRepair.repair(text)).isEqualTo(new TextRepair.Repaired(text, Map.of()));
    }

    static Stream<String> textsOfManyLanguages() {
        return Stream.of(
                "Copyright © 2022 Alluvial",
                "Letzte Beiträge: größer, süß, „Schlagwörter“ – für alle…",
                "Préparation du Conseil européen «\u00a0à Bruxelles\u00a0», l’été",
                "Zarejestruj się: Następna strona, byłą żółć",
                "Если ты выстрелишь в прошлое из пистолета",
                "未找到页面，这是一个测试。",
                "日本語の文章です。",
                "한국어 문장입니다.",
                "Ελληνικά κείμενα",
                "emoji 😀 and 𝒳");
    }

    @ParameterizedTest
    @MethodSource("textsOfManyLanguages")
    void utf8ThatWasReadAsLatin1IsReadAgainHoweverOften(String text) {
        String once = misread(text, StandardCharsets.ISO_8859_1);
        String twice = misread(once, StandardCharsets.ISO_8859_1);
        String thrice = misread(twice, StandardCharsets.ISO_8859_1);

        assertThat(Stream.of(once, twice, thrice)
                        .map(damaged -> TextRepair.repair(damaged).text()))
                .containsOnly(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Beiträge für dich", "Następna strona się", "’It’s – quoted’", "© 2022", "Ελλάδα και κόσμος"})
    void utf8ThatWasReadAsWindows1252IsReadAgain(String text) {
        assertThat(TextRepair.repair(misread(text, WINDOWS_1252)).text()).isEqualTo(text);
    }

    @Test
    void aByteThatWasLostCostsTheCharacterItWasOf() {
        String damaged = misread("발표 댓글 데이터", WINDOWS_1252); // 0x8D, 0x9D and others have no character there

        TextRepair.Repaired repaired = TextRepair.repair(damaged);

        assertThat(damaged).contains("\uFFFD");
        assertThat(repaired.text())
                .hasSize("발표 댓글 데이터".length())
                .startsWith("발")
                .contains("\uFFFD");
    }

    @Test
    void gbkThatWasReadAsLatin1IsReadAgain() {
        String chinese = "日历 » 回复：搜索，下一页。继续阅读更多的文章";
        String german = "Schlagwörter, schön und größer";
        String sign = "Search © 2022 Cedar";
        Charset gb18030 = Charset.forName("GB18030");

        assertThat(Stream.of(chinese, german, sign)
                        .map(text ->
                                TextRepair.repair(new String(text.getBytes(gb18030), StandardCharsets.ISO_8859_1))))
                .extracting(TextRepair.Repaired::text)
                .containsExactly(chinese, german, sign);
    }

    @Test
    void controlCharactersThatWereQuotationMarksBecomeThem() {
        assertThat(TextRepair.repair("Let\u0092s say \u0093so\u0094"))
                .isEqualTo(new TextRepair.Repaired("Let’s say “so”", Map.of("repair.windows_1252", 3L)));
    }

    @Test
    void referencesInATextThatWasEscapedAsAWholeAreResolved() {
        assertThat(TextRepair.repair("All&nbsp;rights &#169;&#xA0;2022 &lt;Me&gt; R&amp;D &rsquo;")
                        .text())
                .isEqualTo("All\u00a0rights ©\u00a02022 <Me> R&D ’");
        assertThat(TextRepair.repair("It&#146;s &unknown; &#0; &#xD800; &#99999999;")
                        .text())
                .isEqualTo("It’s &unknown; &#0; &#xD800; &#99999999;");
    }

    @Test
    void charactersWithoutWidthInsideWordsGo() {
        assertThat(TextRepair.repair("Dai\u200bly Ha\uFEFFppy \u00adAll r\u200cights \u200d» Pa\u00adges"))
                .isEqualTo(new TextRepair.Repaired("Daily Happy All rights » Pages", Map.of("repair.invisible", 6L)));
        assertThat(TextRepair.repair("Wo\u200brt می\u200cخواهم").text()).isEqualTo("Wort می\u200cخواهم");
    }

    @Test
    void halvesOfSurrogatePairsAreReplaced() {
        assertThat(TextRepair.repair("com\ud83dment \udc00 😀"))
                .isEqualTo(new TextRepair.Repaired("com\uFFFDment \uFFFD 😀", Map.of("repair.surrogate", 2L)));
    }

    @Test
    void whatTheNormalFormChangesIsCounted() {
        assertThat(TextRepair.repair("a\u0001b\u007F  \n\n\n e\u0301t\n"))
                .isEqualTo(new TextRepair.Repaired(
                        "ab\n\n ét", Map.of("repair.control", 2L, "repair.white_space", 4L, "repair.composition", 1L)));
    }

    @Property
    void accentedLettersThatStandAloneAreNeverTouched(
            @ForAll @StringLength(max = 40) @CharRange(from = '\u00C0', to = '\u00FF') String letters) {
        String text = String.join("n", letters.split("", -1)) + ".";

        assertThat(TextRepair.repair(text).text()).isEqualTo(text);
    }

    @Property
    void anyTextComesOutInNormalForm(@ForAll String text) {
        String repaired = TextRepair.repair(text).text();

        assertThat(Normalizer.normalize(repaired)).isEqualTo(repaired);
    }

    private static String misread(String text, Charset as) {
        return new String(text.getBytes(StandardCharsets.UTF_8), as);
    }
}
