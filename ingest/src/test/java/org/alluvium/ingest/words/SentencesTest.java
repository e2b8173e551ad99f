package org.alluvium.ingest.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SentencesTest {

    @Test
    void aSentenceEndsWithItsMarkAndTheQuoteBehindIt() {
        assertThat(sentences("en", "One. \"Two!\" Three (four)? five"))
                .containsExactly("One. \"", "Two!\"", "Three (four)?", "five");
    }

    @Test
    void stopsInsideWordsEndNothing() {
        assertThat(sentences("en", "Mr. Li has 3.5 of it... and more.")).hasSize(1);
    }

    @Test
    void everyScriptHasItsMarks() {
        assertThat(sentences("zh", "我们喜欢。你们呢？")).containsExactly("我们喜欢。", "你们呢？");
        assertThat(sentences("hi", "यह है । वह है ।")).hasSize(2);
    }

    @Test
    void noWordsAreNoSentence() {
        assertThat(sentences("en", " \n ")).isEmpty();
        assertThat(sentences("en", "...")).containsExactly("...");
    }

    private static List<String> sentences(String language, String text) {
        Words words = WordSplitter.of(Optional.of(language)).split(text);
        List<String> found = new ArrayList<>();
        Sentences sentences = Sentences.of(words, 0, words.count());
        while (sentences.advance()) {
            found.add(text.substring(sentences.start(), sentences.end()));
        }
        assertThat(Sentences.count(words, 0, words.count())).isEqualTo(found.size());
        return found;
    }
}
