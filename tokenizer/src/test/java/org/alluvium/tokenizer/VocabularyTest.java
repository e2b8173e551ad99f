package org.alluvium.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class VocabularyTest {

    private final Vocabulary vocabulary = Vocabulary.bundled();

    @Test
    void theBundledVocabularyHasItsSpecialIds() {
        assertThat(vocabulary.size()).isEqualTo(16_000);
        assertThat(vocabulary.unknownId()).isZero();
        assertThat(vocabulary.bosId()).isEqualTo(1);
        assertThat(vocabulary.eosId()).isEqualTo(2);
        assertThat(vocabulary.padId()).isEqualTo(Vocabulary.NONE);
        assertThat(vocabulary.spec().lossless()).isTrue();
    }

    @Test
    void textComesBackAsItWas() {
        try (SentencePieceEncoder encoder = SentencePieceEncoder.open(vocabulary)) {
            for (String text : new String[] {
                "", " ", "  two  spaces  ", "Ünïcödé 😀👨‍👩‍👧 汉字", "a\0b\0", "\r\n\t", "<s>", "<0x41>", "\uFFFD"
            }) {
                assertThat(vocabulary.decode(encoder.encode(text))).isEqualTo(text);
            }
        }
    }

    @Test
    void aBytePieceIsItsByte() {
        int id = vocabulary.idOf("<0xF0>");
        assertThat(vocabulary.bytes(id)).containsExactly(0xF0);
        assertThat(new String(vocabulary.bytes(vocabulary.idOf("\u2581the")), StandardCharsets.UTF_8))
                .isEqualTo(" the");
    }
}
