package org.alluvium.bench.tokenizer;

import java.util.Locale;

/**
 * A part of the proof that is done in one go: the texts of one file as units of one kind, or a block of made-up texts, by one
 * model.
 *
 * @param model name of its file
 * @param source name of the file of texts, or of the block
 */
record ProofCell(String model, Kind kind, String source) {

    /** What is compared. */
    enum Kind {
        DOCUMENTS,
        PARAGRAPHS,
        LINES,
        MADE_UP,
        NOT_UTF8;

        /** As a heading has it. */
        String title() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /**
     * What came of a cell.
     *
     * @param texts that were compared
     * @param refused texts for which SentencePiece has no ids
     * @param bytes of UTF-8
     * @param tokens by SentencePiece
     * @param differ texts that have other ids
     * @param fingerprint of the texts with SentencePiece's ids; empty where it refused one, and for several cells
     */
    record Outcome(long texts, long refused, long bytes, long tokens, long differ, String fingerprint) {

        static final Outcome NOTHING = new Outcome(0, 0, 0, 0, 0, "");

        Outcome plus(Outcome other) {
            return new Outcome(
                    texts + other.texts,
                    refused + other.refused,
                    bytes + other.bytes,
                    tokens + other.tokens,
                    differ + other.differ,
                    "");
        }
    }
}
