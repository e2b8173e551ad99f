package org.alluvium.ingest.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** With the first article of the Universal Declaration of Human Rights, which is in the public domain, in 122 languages. */
class BundledIdentifierTest {

    private static final LanguageIdentifier IDENTIFIER = LanguageIdentifier.bundled();

    private static final String ENGLISH =
            "The house at the end of the street had stood empty for years before they came. ";
    private static final String GERMAN =
            "Das Haus am Ende der Straße hatte jahrelang leer gestanden, bevor sie kamen. ";

    /** Languages like another one, that so short a text does not always tell apart. */
    private static final Set<String> CLOSE =
            Set.of("bs", "hr", "sr-Latn", "id", "ms", "nb", "da", "nn", "oc", "dz", "bo", "cs", "sk", "xh", "zu");

    @Test
    void theFirstArticleIsKnownInMoreThanAHundredLanguages() throws IOException {
        Map<String, String> wrong = new TreeMap<>();
        Map<String, String> articles = articles();
        articles.forEach((tag, text) -> {
            String found = first(text);
            if (!found.equals(tag) && !(CLOSE.contains(tag) && CLOSE.contains(found))) {
                wrong.put(tag, found);
            }
        });

        assertThat(articles).hasSizeGreaterThan(100);
        assertThat(wrong).isEmpty();
    }

    @Test
    void thereAreMoreThanSeventyLanguagesAndChineseInBothStandards() {
        assertThat(IDENTIFIER.languages())
                .hasSizeGreaterThan(100)
                .contains("zh-Hans", "zh-Hant", "ja", "ko", "en", "de", "ar", "hi", "th", "sw", "sr", "sr-Latn", "grc");
    }

    @Test
    void aTextThatIsHalfInOneLanguageIsSaidToBeJustThat() {
        List<LanguageScore> scores =
                IDENTIFIER.identify((ENGLISH.repeat(3) + "\n" + GERMAN.repeat(3) + "\n").repeat(5));

        assertThat(scores).extracting(LanguageScore::tag).startsWith("en", "de");
        assertThat(scores.get(0).confidence()).isCloseTo(0.5, within(0.05));
        assertThat(scores.get(1).confidence()).isCloseTo(0.5, within(0.05));
    }

    @Test
    void whatHasNoLettersIsInNoLanguage() {
        assertThat(IDENTIFIER.identify("")).isEmpty();
        assertThat(IDENTIFIER.identify("42 + 17 = 59; ... \uD83D\uDE00 \uD83D")).isEmpty();
    }

    @Test
    void chineseIsToldByTheCharactersOfOneStandard() {
        assertThat(first("国家图书馆里有许多书")).isEqualTo("zh-Hans");
        assertThat(first("國家圖書館裡有許多書")).isEqualTo("zh-Hant");
    }

    @Test
    void chineseThatQuotesAWordOfJapaneseStaysChinese() {
        assertThat(first("日语里的“の”是一个助词,表示所属关系,相当于汉语的“的”,这是学习日语最先遇到的字之一")).isEqualTo("zh-Hans");
        assertThat(first("図書館には本がたくさんあります")).isEqualTo("ja");
    }

    @Test
    void wordsOfEnglishInATextOfChineseWeighAsMuchAsTheySay() {
        assertThat(first("使用 docker compose 命令可以同时启动多个容器,配置文件一般放在项目的根目录")).isEqualTo("zh-Hans");
    }

    @Test
    void aLongTextIsReadFromBeginningToEndInWindows() {
        String text = ENGLISH.repeat(1000) + GERMAN.repeat(3000);

        List<LanguageScore> scores = IDENTIFIER.identify(text);

        assertThat(scores.get(0).tag()).isEqualTo("de");
        assertThat(scores.get(0).confidence()).isCloseTo(0.75, within(0.1));
    }

    @Test
    void confidencesAreSharesInFallingOrder() throws IOException {
        for (String text : articles().values()) {
            List<Double> confidences = IDENTIFIER.identify(text).stream()
                    .map(LanguageScore::confidence)
                    .toList();

            assertThat(confidences).isSortedAccordingTo((a, b) -> Double.compare(b, a));
            assertThat(confidences.stream().mapToDouble(Double::doubleValue).sum())
                    .isCloseTo(1, within(0.1));
        }
    }

    @Property
    void everyTextHasSharesOfWhichNoneIsMoreThanTheWhole(@ForAll String text) {
        List<LanguageScore> scores = IDENTIFIER.identify(text);

        assertThat(scores).allSatisfy(score -> assertThat(score.confidence()).isBetween(0.0, 1.0 + 1e-9));
        assertThat(IDENTIFIER.identify(text)).isEqualTo(scores);
    }

    @Test
    void everyLineIsIdentifiedUnlessItIsTooShort() {
        String text = ENGLISH + "\n\nJa.\n" + GERMAN;

        List<Paragraph> paragraphs = Paragraph.of(text, IDENTIFIER);

        assertThat(paragraphs)
                .extracting(paragraph ->
                        paragraph.language().map(LanguageScore::tag).orElse(""))
                .containsExactly("en", "", "", "de");
        assertThat(paragraphs)
                .extracting(paragraph -> text.substring(paragraph.start(), paragraph.end()))
                .containsExactly(ENGLISH, "", "Ja.", GERMAN);
    }

    private static String first(String text) {
        return IDENTIFIER.identify(text).stream()
                .findFirst()
                .map(LanguageScore::tag)
                .orElse("und");
    }

    private static Map<String, String> articles() throws IOException {
        try (InputStream in = BundledIdentifierTest.class.getResourceAsStream("article-1.tsv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split("\t", -1))
                    .collect(Collectors.toMap(line -> line[0], line -> line[1]));
        }
    }
}
