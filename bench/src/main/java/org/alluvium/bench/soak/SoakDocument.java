package org.alluvium.bench.soak;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One of the numbered documents of a feed. Its text, about 600 bytes, follows from its name, and no two are the same.
 *
 * @param feed letters only
 * @param number from 0
 */
record SoakDocument(String feed, int number) {

    private static final List<String> WORDS =
            List.of(("river delta silt stone water bends slowly carries towards the a sea and leaves "
                            + "behind what it took from mountains every spring flood Parlament über rivière lentement montagnes")
                    .split(" "));

    private static final int FEWEST_WORDS = 60;
    private static final int MOST_WORDS = 140;

    /**
     * The document that an id names.
     *
     * @throws IllegalArgumentException if it is no id of such a document
     */
    static SoakDocument of(String id) {
        int dash = id.indexOf('-');
        if (dash < 0) {
            throw new IllegalArgumentException("not the id of a document that was fed: " + id);
        }
        return new SoakDocument(id.substring(0, dash), Integer.parseInt(id, dash + 1, id.length(), 10));
    }

    String id() {
        return feed + "-" + number;
    }

    /** The document as an object of JSON, on one line without its end. */
    byte[] json(Instant eventTime) {
        SplittableRandom random = new SplittableRandom(((long) feed.hashCode() << Integer.SIZE) + number);
        StringBuilder json = new StringBuilder(1024)
                .append("{\"id\":\"")
                .append(id())
                .append("\",\"timestamp\":\"")
                .append(eventTime)
                .append("\",\"text\":\"Report ")
                .append(id());
        int words = random.nextInt(FEWEST_WORDS, MOST_WORDS + 1);
        for (int i = 0; i < words; i++) {
            json.append(' ').append(WORDS.get(random.nextInt(WORDS.size())));
        }
        return json.append(".\"}").toString().getBytes(StandardCharsets.UTF_8);
    }
}
