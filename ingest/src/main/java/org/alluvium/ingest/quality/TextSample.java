package org.alluvium.ingest.quality;

import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.ingest.text.ContentDraw;
import org.alluvium.ingest.text.ContentHasher;

/**
 * Texts to learn from: of all that are added, the different ones that draw the smallest numbers, at most so many. Which they
 * are depends on the set of texts and the seed, not on their order. For one thread.
 */
public final class TextSample {

    /** Apart from other purposes of draws; the seed is added to it. */
    private static final long PURPOSE = 0x5A3F_0000_0000_0000L;

    private final int most;
    private final long seed;
    private final TreeSet<Text> texts =
            new TreeSet<>(Comparator.comparingDouble(Text::draw).thenComparing(Text::hash));

    /** One text, with the number that it drew. */
    public record Text(ContentHash hash, double draw, String text) {}

    /** @param most texts that are kept, at least 1 */
    public TextSample(int most, long seed) {
        if (most < 1) {
            throw new IllegalArgumentException("at least one text must be kept, not " + most);
        }
        this.most = most;
        this.seed = seed;
    }

    /** Offers a normalized text. */
    public void add(String text) {
        ContentHash hash = ContentHasher.v1(text);
        double draw = ContentDraw.v1(hash, PURPOSE + seed);
        if (texts.size() < most || draw < texts.last().draw()) {
            texts.add(new Text(hash, draw, text));
            if (texts.size() > most) {
                texts.pollLast();
            }
        }
    }

    /** The texts, by what they drew. */
    public List<Text> texts() {
        return List.copyOf(texts);
    }
}
