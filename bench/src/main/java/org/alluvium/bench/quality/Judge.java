package org.alluvium.bench.quality;

import java.util.Optional;
import org.alluvium.contracts.document.Document;
import org.alluvium.ingest.filter.FilterChain;
import org.alluvium.ingest.filter.Judgement;
import org.alluvium.ingest.quality.QualityModel;

/**
 * One way to decide of documents.
 *
 * @param name heading of its column
 * @param verdict why it drops a document; empty if it keeps it
 */
record Judge(String name, Verdict verdict) {

    /** Why a document is dropped, if it is. */
    @FunctionalInterface
    interface Verdict {
        Optional<String> of(Document document);
    }

    /** What a chain of filters decides. */
    static Judge chain(String name, FilterChain chain) {
        return new Judge(name, document -> switch (chain.judge(document)) {
            case Judgement.Passed passed -> Optional.empty();
            case Judgement.Rejected rejected ->
                Optional.of(rejected.filter() + "." + rejected.drop().reason());
        });
    }

    /** Drops what a model gives a lower score than this. */
    static Judge score(String name, QualityModel model, double least) {
        return new Judge(
                name,
                document -> Optional.of(model.score(document.text()))
                        .filter(score -> score < least)
                        .map(score -> "score %.3f".formatted(score)));
    }

    /** Drops what either drops. */
    Judge or(Judge other) {
        return new Judge(
                name + " or " + other.name(),
                document -> verdict.of(document).or(() -> other.verdict().of(document)));
    }
}
