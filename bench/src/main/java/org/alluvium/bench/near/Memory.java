package org.alluvium.bench.near;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.contracts.document.Document;
import org.alluvium.flink.ask.Answer;
import org.alluvium.flink.dedup.Claim;
import org.alluvium.flink.dedup.ExactDedup;
import org.alluvium.flink.dedup.HoldBand;
import org.alluvium.flink.dedup.UrlDedup;
import org.alluvium.flink.types.ContentHashSerializer;
import org.alluvium.flink.types.Outcome;
import org.alluvium.flink.versions.Versions;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** What the job remembers of documents, each with the operator that does, which is sent documents of which none is like another. */
enum Memory {
    /** The hash of every text. */
    TEXTS("exact"),
    /** The same, where documents have ids of their own. */
    TEXTS_OF_VERSIONS("exact, documents with ids"),
    /** The newest version of every id. */
    VERSIONS("versions"),
    /** Who has an address. */
    ADDRESSES("addresses"),
    /** Who holds a band, {@value #BANDS} of every document. */
    BANDS_OF_TEXTS("near-duplicates, 14 bands");

    static final int BANDS = 14;
    private static final int MAX_PARALLELISM = 128;
    private static final Duration TIME_TO_LIVE = Duration.ofDays(365);

    private final String title;

    Memory(String title) {
        this.title = title;
    }

    /** In words. */
    String title() {
        return title;
    }

    /** An operator that has been sent nothing yet. */
    Intake intake() throws Exception {
        SplittableRandom random = new SplittableRandom(1);
        return switch (this) {
            case TEXTS -> outcomes(new ExactDedup(TIME_TO_LIVE), Outcome::key, () -> candidate(random, false));
            case TEXTS_OF_VERSIONS ->
                outcomes(new ExactDedup(TIME_TO_LIVE), Outcome::key, () -> candidate(random, true));
            case VERSIONS -> outcomes(new Versions(TIME_TO_LIVE), Outcome::identity, () -> candidate(random, true));
            case ADDRESSES -> outcomes(new UrlDedup(TIME_TO_LIVE), UrlDedup::key, () -> candidate(random, false));
            case BANDS_OF_TEXTS -> bands(random);
        };
    }

    private interface Next {
        Outcome document();
    }

    private static Intake outcomes(
            KeyedProcessFunction<ContentHash, Outcome, Outcome> function,
            KeySelector<Outcome, ContentHash> key,
            Next next)
            throws Exception {
        KeyedOneInputStreamOperatorTestHarness<ContentHash, Outcome, Outcome> harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new KeyedProcessOperator<>(function), key, ContentHashSerializer.TYPE, MAX_PARALLELISM, 1, 0);
        return new Intake(harness, () -> harness.processElement(next.document(), 0));
    }

    private static Intake bands(SplittableRandom random) throws Exception {
        KeyedOneInputStreamOperatorTestHarness<Long, Claim.Band, Answer> harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new KeyedProcessOperator<>(new HoldBand(TIME_TO_LIVE)),
                        Claim.Band::key,
                        Types.LONG,
                        MAX_PARALLELISM,
                        1,
                        0);
        return new Intake(harness, () -> {
            long holder = random.nextLong();
            for (int band = 0; band < BANDS; band++) {
                harness.processElement(new Claim.Band(0, holder, holder, band, random.nextLong()), 0);
            }
        });
    }

    private static Outcome candidate(SplittableRandom random, boolean versioned) {
        String id = Long.toHexString(random.nextLong());
        Document document = new Document(
                id, "source", "file@0", Optional.of("https://a.example/" + id), "text", 0, Optional.empty(), Map.of());
        ContentHash hash = new ContentHash(random.nextLong(), random.nextLong());
        return new Outcome.Candidate(hash, document, versioned, 0);
    }
}
