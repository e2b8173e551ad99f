package org.alluvium.ingest.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.alluvium.ingest.character.Characters;
import org.junit.jupiter.api.Test;

class WordSplitterTest {

    @Test
    void marksAroundWordsAreWords() {
        assertSplit("en", "\"Stop!\" (he said), now.", "\" Stop ! \" ( he said ) , now .");
        assertSplit("en", "¿Qué? «Oui» 100% £5 #tag", "¿ Qué ? « Oui » 100 % £ 5 # tag");
        assertSplit("en", "wait... what?!", "wait ... what ? !");
        assertSplit("en", "…and 😀so on😀", "… and 😀 so on 😀");
        assertSplit("en", "- -5 +1 @you /dev -x", "- -5 +1 @you /dev -x");
    }

    @Test
    void englishCliticsAreWords() {
        assertSplit(
                "en",
                "don't can’t I'm we've they'll she'd you're it's",
                "do n't ca n’t I 'm we 've they 'll she 'd you 're it 's");
        assertSplit("en", "DON'T dogs' o'clock", "DO N'T dogs ' o'clock");
        assertSplit("de", "don't", "don't");
    }

    @Test
    void elisionIsCutBehindTheApostrophe() {
        assertSplit("fr", "l'eau d’un aujourd'hui.", "l' eau d’ un aujourd' hui .");
        assertSplit("it", "dell'arte", "dell' arte");
    }

    @Test
    void stopsOfAbbreviationsStay() {
        assertSplit(
                "en",
                "Mr. Smith of the U.S. at 5 p.m. has a Ph.D. now.",
                "Mr. Smith of the U.S. at 5 p.m. has a Ph.D. now .");
        assertSplit("en", "J. S. Bach is it.", "J. S. Bach is it .");
        assertSplit("en", "It cost 3. .", "It cost 3 . .");
    }

    @Test
    void someMarksInsideAreWords() {
        assertSplit(
                "en",
                "well-known either/or one,two 1,000 3-4 a–b",
                "well - known either / or one , two 1,000 3 - 4 a – b");
        assertSplit(
                "en", "end.Start 3.14 a...b key:value 10:30 x--y", "end . Start 3.14 a ... b key : value 10:30 x -- y");
    }

    @Test
    void addressesAreNotCut() {
        assertSplit(
                "en",
                "(see https://example.org/a-b?c=d,e) or www.a-b.org or a-b.c@example.org.",
                "( see https://example.org/a-b?c=d,e ) or www.a-b.org or a-b.c@example.org .");
    }

    @Test
    void dictionariesFindWordsWhereThereAreNoSpaces() {
        assertSplit("zh", "我们喜欢北京。", "我们 喜欢 北京 。");
        assertSplit("zh-Hant", "我們喜歡北京。", "我們 喜歡 北京 。");
        assertSplit("ja", "日本語を勉強します。", "日本語 を 勉強 し ます 。");
        assertSplit("th", "ภาษาไทยง่ายมาก", "ภาษา ไทย ง่าย มาก");
        assertSplit("ko", "나는 학교에 간다.", "나는 학교에 간다 .");
    }

    @Test
    void textOfNoKnownLanguageIsSplitAsItsScriptIs() {
        assertThat(split(Optional.empty(), "我们喜欢北京。")).containsExactly("我们", "喜欢", "北京", "。");
        assertThat(split(Optional.empty(), "I don't know 北京.")).containsExactly("I", "do", "n't", "know", "北京", ".");
        assertThat(split(Optional.empty(), "ภาษาไทย")).containsExactly("ภาษา", "ไทย");
    }

    @Test
    void onlySomeLanguagesDoNotSeparateWords() {
        assertThat(List.of("zh", "zh-Hans", "ja", "th", "km", "lo", "my")).noneMatch(WordSplitter::separatesWords);
        assertThat(List.of("en", "ko", "ar", "hi", "und")).allMatch(WordSplitter::separatesWords);
    }

    @Property
    void everyCharacterIsInOneWordOrIsWhiteSpace(
            @ForAll @CharRange(from = ' ', to = '~') @CharRange(from = 'à', to = 'ö') @StringLength(max = 40)
                    String ascii,
            @ForAll @StringLength(max = 20) String any) {
        for (String language : List.of("en", "fr", "ko", "th", "und")) {
            String text = ascii + any;
            Words words = WordSplitter.of(Optional.of(language)).split(text);
            int end = 0;
            for (int i = 0; i < words.count(); i++) {
                assertThat(words.start(i)).isLessThan(words.end(i));
                assertBlank(text, end, words.start(i));
                end = words.end(i);
            }
            assertBlank(text, end, text.length());
        }
    }

    private static void assertBlank(String text, int from, int to) {
        assertThat(from).isLessThanOrEqualTo(to);
        assertThat(text.substring(from, to).chars().allMatch(Characters::isWhiteSpace))
                .isTrue();
    }

    private static void assertSplit(String language, String text, String words) {
        assertThat(split(Optional.of(language), text)).containsExactly(words.split(" "));
    }

    private static List<String> split(Optional<String> language, String text) {
        Words words = WordSplitter.of(language).split(text);
        List<String> list = new ArrayList<>();
        for (int i = 0; i < words.count(); i++) {
            list.add(words.word(i));
        }
        return list;
    }
}
