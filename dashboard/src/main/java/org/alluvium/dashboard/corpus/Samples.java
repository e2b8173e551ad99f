package org.alluvium.dashboard.corpus;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.log.StoreShardLog;
import org.alluvium.ingest.deadletter.DeadLetters;
import org.alluvium.ingest.deadletter.StoredLetter;
import org.alluvium.ingest.reject.Reject;
import org.alluvium.ingest.reject.Rejects;

/**
 * A few of what was left out for one reason.
 *
 * @param samples at most {@value #MOST}, of the newest entries of the log; none are kept of duplicates
 */
public record Samples(List<Sample> samples) {

    static final int MOST = 5;
    private static final int EXCERPT = 800;

    /**
     * A record or document that was left out.
     *
     * @param source it came from
     * @param origin where it was read
     * @param detail what was wrong
     * @param text its beginning
     * @param command that feeds it back, or an empty string
     */
    public record Sample(String source, String origin, String detail, String text, String command) {}

    /**
     * Those of a reason as the funnel names it: a dead letter's is one word, a filter's is {@code filter.rule}.
     *
     * @throws org.alluvium.contracts.error.AlluviumException if the files cannot be read
     */
    public static Samples of(CorpusIndex index, String reason) {
        List<Sample> samples = new ArrayList<>();
        for (long entry : index.entriesWith(reason)) {
            if (samples.size() < MOST) {
                samples.addAll(of(index.corpus(), reason, entry));
            }
        }
        return new Samples(samples.stream().limit(MOST).toList());
    }

    private static List<Sample> of(CorpusLayout corpus, String reason, long entry) {
        List<Sample> samples = new ArrayList<>();
        StoreShardLog log = StoreShardLog.of(corpus);
        if (reason.contains(".")) {
            new Rejects(corpus, log).forEachIn(entry, reject -> {
                if (samples.size() < MOST && reject.cause().equals(reason)) {
                    samples.add(sample(reject));
                }
            });
        } else {
            new DeadLetters(corpus, log).forEachIn(entry, stored -> {
                if (samples.size() < MOST && stored.letter().reason().code().equals(reason)) {
                    samples.add(sample(stored));
                }
            });
        }
        return samples;
    }

    private static Sample sample(Reject reject) {
        return new Sample(
                reject.document().source(),
                reject.document().origin(),
                reject.detail(),
                excerpt(reject.document().text()),
                "");
    }

    private static Sample sample(StoredLetter stored) {
        return new Sample(
                stored.letter().source(),
                stored.letter().origin(),
                stored.letter().detail(),
                excerpt(new String(stored.letter().bytes(), StandardCharsets.UTF_8)),
                stored.obstacle().isPresent() ? "" : "./alluvium deadletters replay " + stored.id());
    }

    private static String excerpt(String text) {
        String printable = text.replaceAll("[\\p{Cntrl}&&[^\n\t]]", "\uFFFD");
        int end = printable.offsetByCodePoints(0, Math.min(EXCERPT, printable.codePointCount(0, printable.length())));
        return end < printable.length() ? printable.substring(0, end) + "…" : printable;
    }
}
