package org.alluvium.tokenizer.bytelevel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.alluvium.contracts.error.MismatchException;
import org.alluvium.contracts.store.Sha256;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.engine.HardTexts;
import org.alluvium.tokenizer.engine.PieceEncoder;
import org.junit.jupiter.api.Test;

class ByteLevelVocabularyTest {

    private static final byte[] FILE = SmallTokenizer.json().getBytes(UTF_8);
    private static final Vocabulary VOCABULARY = Vocabulary.parse(FILE, "small");

    @Test
    void itIsAVocabularyLikeAnyOther() {
        assertThat(VOCABULARY.digest()).isEqualTo(Sha256.of(FILE));
        assertThat(VOCABULARY.size()).isEqualTo(261);
        assertThat(VOCABULARY.bosId()).isEqualTo(259);
        assertThat(VOCABULARY.eosId()).isEqualTo(259);
        assertThat(VOCABULARY.unknownId()).isEqualTo(Vocabulary.NONE);
        assertThat(VOCABULARY.bytes(258)).isEqualTo(" the".getBytes(UTF_8));
        assertThat(VOCABULARY.spec().lossless()).isTrue();
        assertThatThrownBy(VOCABULARY::model).isInstanceOf(MismatchException.class);
    }

    @Test
    void decodingGivesBackEveryText() {
        try (PieceEncoder encoder = PieceEncoder.of(VOCABULARY)) {
            assertThat(encoder.encode("the the")).containsExactly(257, 258);
            Random random = new Random(3);
            for (int i = 0; i < 1_000; i++) {
                String text = HardTexts.next(random).replace("<|endoftext|>", "");
                assertThat(VOCABULARY.decode(encoder.encode(text))).isEqualTo(text);
            }
        }
    }
}
