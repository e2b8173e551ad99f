package org.alluvium.tokenizer;

import org.alluvium.tokenizer.model.ModelType;
import org.alluvium.tokenizer.model.NormalizerSpec;
import org.alluvium.tokenizer.model.SentencePieceModel;
import org.alluvium.tokenizer.model.TrainerSpec;

/**
 * How a SentencePiece model was trained and how it treats text, as its file says. Defaults are those of the published
 * schema.
 *
 * @param algorithm how text is segmented
 * @param byteFallback whether characters without a piece become UTF-8 bytes instead of the unknown piece
 * @param splitDigits whether every digit is a piece of its own
 * @param normalization name of the rule set applied before segmentation; {@code identity} changes nothing
 * @param hasCharsMap whether the normalization rewrites characters
 * @param addDummyPrefix whether a space is put before the text, so that a word is the same at the start as elsewhere
 * @param removeExtraWhitespaces whether leading, trailing and repeated spaces are lost
 * @param unknownSurface what the unknown piece decodes to
 */
public record ModelSpec(
        ModelType algorithm,
        boolean byteFallback,
        boolean splitDigits,
        String normalization,
        boolean hasCharsMap,
        boolean addDummyPrefix,
        boolean removeExtraWhitespaces,
        String unknownSurface) {

    static ModelSpec of(SentencePieceModel model) {
        TrainerSpec trainer = model.trainer();
        NormalizerSpec normalizer = model.normalizer();
        return new ModelSpec(
                trainer.modelType(),
                trainer.byteFallback(),
                trainer.splitDigits(),
                normalizer.name(),
                normalizer.hasCharsMap(),
                normalizer.addDummyPrefix(),
                normalizer.removeExtraWhitespaces(),
                trainer.unkSurface());
    }

    /**
     * Whether decoding gives back every text, except that U+2581, which SentencePiece uses for the space, comes back as a
     * space.
     */
    public boolean lossless() {
        return byteFallback && !hasCharsMap && !removeExtraWhitespaces;
    }
}
