package org.alluvium.tokenizer.reference;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import org.alluvium.tokenizer.Vocabulary;

class RoundTripProperties {

    private static final Vocabulary BUNDLED = Vocabulary.bundled();
    private static final NativeEncoder ENCODER = NativeEncoder.open(BUNDLED);

    @AfterContainer
    static void close() {
        ENCODER.close();
    }

    @Property
    void everyTextComesBackExceptThatTheSpaceSymbolIsASpace(@ForAll("texts") String text) {
        String expected = NativeEncoder.wellFormed(text).replace('\u2581', ' ');
        assertThat(BUNDLED.decode(ENCODER.encode(text))).isEqualTo(expected);
    }

    @Property
    void noTextHasAMarkOrAnUnknownPiece(@ForAll("texts") String text) {
        assertThat(ENCODER.encode(text)).doesNotContain(BUNDLED.unknownId(), BUNDLED.bosId(), BUNDLED.eosId());
    }

    @Property
    void repairedTextIsWellFormedAndAsLong(@ForAll("texts") String text) {
        String repaired = NativeEncoder.wellFormed(text);
        assertThat(repaired).hasSameSizeAs(text);
        assertThat(NativeEncoder.wellFormed(repaired)).isSameAs(repaired);
    }

    /** Any UTF-16, with much of what is special: spaces, NUL, lone surrogates, emoji, what the corpus is made of. */
    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> anything = Arbitraries.chars().all().map(String::valueOf);
        Arbitrary<String> special =
                Arbitraries.of(" ", "  ", "\0", "\n", "\uD83D", "\uDE00", "\uD83D\uDE00", "the", "\u00FC", "<s>", "1");
        return Arbitraries.oneOf(anything, special).list().ofMaxSize(40).map(parts -> String.join("", parts));
    }
}
