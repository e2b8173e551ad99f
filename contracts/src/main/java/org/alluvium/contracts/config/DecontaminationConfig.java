package org.alluvium.contracts.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The {@code filters.decontamination} group. */
public record DecontaminationConfig(
        @Key(
                doc = "Evaluation sets whose items must not be in the corpus; without any, nothing is looked for.",
                byDefault = "[]")
        List<EvaluationSet> sets,

        @Key(
                doc = "Words in a row that a document and an item must share to collide.",
                byDefault = "13",
                min = 2,
                max = 100)
        int ngram,

        @Key(
                doc = "A text file; what stands in it is common, such as licences, and collides with nothing.",
                byDefault = "")
        Optional<Path> common,

        @Key(doc = "Colliding n-grams that a document may have.", byDefault = "0", min = 0)
        int limit,

        @Key(
                doc =
                        "What becomes of a document beyond the limit: 'cut' takes out what collides with the characters around it,"
                                + " 'drop' drops the document.",
                byDefault = "cut")
        Action action,

        @Key(doc = "Characters that are cut on either side of what collides.", byDefault = "200", min = 0)
        int window,

        @Key(doc = "Shortest piece between two cuts that stays, in characters.", byDefault = "200", min = 1)
        int minPiece,

        @Key(doc = "A document that cuts leave in more pieces than this is dropped.", byDefault = "10", min = 1)
        int maxPieces) {

    public DecontaminationConfig {
        sets = List.copyOf(sets);
    }

    /** What becomes of a document that collides. */
    public enum Action {
        CUT,
        DROP
    }

    /** One evaluation set. */
    public record EvaluationSet(
            @Key(doc = "Name of the set in reports.", example = "lambada")
            String name,

            @Key(
                    doc =
                            "Its file, or the folder of its files: one JSON object a line in .jsonl, one item a line in others;"
                                    + " plain or .gz. All texts of an object are its item's.",
                    example = "eval/lambada.jsonl")
            Path path) {}
}
