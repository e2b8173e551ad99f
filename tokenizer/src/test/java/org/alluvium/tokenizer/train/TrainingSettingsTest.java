package org.alluvium.tokenizer.train;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.UnaryOperator;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.tokenizer.model.ModelType;
import org.alluvium.tokenizer.model.TrainerSpec;
import org.junit.jupiter.api.Test;

class TrainingSettingsTest {

    @Test
    void whatIsOutOfRangeIsRefusedWithTheNearestValue() {
        refused(spec -> spec.characterCoverage(0.5f), "The nearest is --character-coverage 0.98");
        refused(spec -> spec.shrinkingFactor(0.99f), "The nearest is --shrinking-factor 0.95");
        refused(spec -> spec.inputSentenceSize(50), "The nearest is --input-sentence-size 101");
        refused(spec -> spec.vocabSize(-1), "The nearest is --size 260");
        refused(spec -> spec.vocabSize(259), "The nearest is --size 260");
        refused(spec -> spec.byteFallback(false).vocabSize(1), "The nearest is --size 4");
    }

    @Test
    void idsAndSymbolsThatCollideAreRefused() {
        refused(spec -> spec.padId(1), "The nearest is 3");
        refused(spec -> spec.bosPiece("</s>"), "the eos piece is </s>, as another is");
        refused(spec -> spec.padPiece("<unk>").padId(3), "the pad piece is <unk>, as another is");
        refused(spec -> spec.controlSymbols(List.of("a")).userDefinedSymbols(List.of("a")), "a is there already");
        refused(spec -> spec.unkId(-1), "The nearest is --unk-id 0");
        refused(spec -> spec.userDefinedSymbols(List.of("a", "a")), "a is there already");
        refused(spec -> spec.useAllVocab(true), "--use-all");
        refused(spec -> spec.requiredChars("\u2585"), "U+2585");
    }

    private static void refused(UnaryOperator<TrainerSpec.Builder> change, String message) {
        TrainingSettings good = TrainingSettings.lossless(ModelType.BPE, 1000);
        TrainerSpec spec = change.apply(good.trainer().toBuilder()).build();
        assertThatThrownBy(() -> new TrainingSettings(spec, good.normalizer()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message);
    }
}
