package org.alluvium.tokenizer.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Optional;
import org.alluvium.contracts.config.DriftConfig;
import org.alluvium.contracts.config.TokenizerConfig;
import org.alluvium.contracts.config.TokenizerConfig.Verify;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.tokenizer.Encoder;
import org.alluvium.tokenizer.ModelBuilder;
import org.alluvium.tokenizer.Vocabulary;
import org.junit.jupiter.api.Test;

class DocumentTokenizerTest {

    private static final Vocabulary BUNDLED = Vocabulary.bundled();

    @Test
    void marksStandWhereThePolicyPutsThem() {
        assertThat(tokenize(false, false)).containsExactly(7, 8);
        assertThat(tokenize(true, false)).containsExactly(1, 7, 8);
        assertThat(tokenize(false, true)).containsExactly(7, 8, 2);
        assertThat(tokenize(true, true)).containsExactly(1, 7, 8, 2);
    }

    @Test
    void aMarkThatTheVocabularyLacksIsRefused() {
        Vocabulary bare =
                new ModelBuilder().piece("<unk>", ModelBuilder.UNKNOWN).vocabulary();
        assertThatThrownBy(() -> new DocumentTokenizer(bare, CheckedEncoder.trusting(new Fixed()), true, false))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("tokenizer.addBos");
        assertThatThrownBy(() -> new DocumentTokenizer(bare, CheckedEncoder.trusting(new Fixed()), false, true))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("tokenizer.addEos");
    }

    @Test
    void closingClosesTheEncoder() {
        Fixed encoder = new Fixed();
        new DocumentTokenizer(BUNDLED, CheckedEncoder.trusting(encoder), true, true).close();
        assertThat(encoder.closed).isTrue();
    }

    @Test
    void aRecipeSurvivesSerializationAndOpensTheSameTokenizer() throws Exception {
        TokenizerConfig config =
                new TokenizerConfig(Optional.empty(), true, true, Verify.START, 1, 0, DriftConfig.DEFAULT);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(TokenizerRecipe.of(config));
        }
        TokenizerRecipe copy;
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            copy = (TokenizerRecipe) in.readObject();
        }
        assertThat(copy.digest()).isEqualTo(BUNDLED.digest());
        assertThat(copy.addBos()).isTrue();
        assertThat(copy.addEos()).isTrue();
        try (DocumentTokenizer here = TokenizerRecipe.of(config).open(Watch.NONE);
                DocumentTokenizer there = copy.open(Watch.NONE)) {
            assertThat(there.vocabulary().digest()).isEqualTo(BUNDLED.digest());
            assertThat(there.tokenize("id", "one text")).isEqualTo(here.tokenize("id", "one text"));
        }
    }

    private static int[] tokenize(boolean addBos, boolean addEos) {
        try (DocumentTokenizer tokenizer =
                new DocumentTokenizer(BUNDLED, CheckedEncoder.trusting(new Fixed()), addBos, addEos)) {
            return tokenizer.tokenize("whatever");
        }
    }

    private static final class Fixed implements Encoder {

        private boolean closed;

        @Override
        public int[] encode(String text) {
            return new int[] {7, 8};
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
