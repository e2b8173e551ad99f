package org.alluvium.ingest.phrase;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class PhrasesTest {

    @Test
    void thePhraseThatEndsFirstIsFound() {
        Phrases phrases = Phrases.of(List.of("abcde", "bcd", "x", ""));

        assertThat(phrases.find("-abcd")).contains("bcd");
        assertThat(phrases.find("abc")).isEmpty();
        assertThat(phrases.find("")).isEmpty();
        assertThat(Phrases.of(List.of()).find("any")).isEmpty();
    }

    @Test
    void lettersMatchWhateverTheirCase() {
        assertThat(Phrases.of(List.of("Cookie Élan")).find("A COOKIE ÉLAN")).contains("cookie élan");
    }

    @Test
    void aWordStandsAlone() {
        Phrases phrases = Phrases.of(List.of("ass", "bad word", "word"));

        assertThat(phrases.findWord("class assign ass_ ass1 éass")).isEmpty();
        assertThat(phrases.findWord("(ass)")).contains("ass");
        assertThat(phrases.findWord("ass")).contains("ass");
        assertThat(phrases.findWord("one bad word")).contains("bad word");
        assertThat(phrases.findWord("abad word")).contains("word");
    }

    @Property
    void itFindsWhatASimpleSearchFinds(
            @ForAll @Size(max = 6)
                    List<@CharRange(from = 'a', to = 'c') @StringLength(min = 1, max = 4) String> phrases,
            @ForAll @CharRange(from = 'a', to = 'd') @CharRange(from = 'A', to = 'C') @StringLength(max = 30)
                    String text) {
        boolean contained = phrases.stream()
                .anyMatch(phrase -> text.toLowerCase(Locale.ROOT).contains(phrase));

        assertThat(Phrases.of(phrases).find(text).isPresent()).isEqualTo(contained);
    }
}
