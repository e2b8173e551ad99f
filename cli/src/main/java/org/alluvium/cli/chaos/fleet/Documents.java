package org.alluvium.cli.chaos.fleet;

import java.util.List;
import java.util.SplittableRandom;

/**
 * What is produced: records with known ids and known texts, in a known order, of which some repeat others on purpose. Pure: a
 * record follows from the seed and its number.
 *
 * @param seed decides every word
 */
public record Documents(long seed) {

    /** One record in so many goes to the files, the others to the topic. */
    private static final int FILE_ONE_IN = 10;

    private static final int REPEAT_ONE_IN = 20;
    private static final int COPY_ONE_IN = 50;
    private static final int FEWEST_WORDS = 12;
    private static final int MORE_WORDS = 50;
    private static final List<String> BEGINNINGS =
            List.of("ri", "del", "sil", "sto", "wa", "ben", "slo", "car", "to", "sea", "lea", "moun", "flo", "spri");
    private static final List<String> ENDINGS =
            List.of("ver", "ta", "ne", "ter", "ds", "wly", "ries", "ves", "tain", "od", "ng");

    /**
     * A record.
     *
     * @param number from 0, in the order of production
     * @param id of the document
     * @param text of the document; of records with the same text one is in the corpus in the end
     * @param toFile whether it goes to a file, instead of the topic
     */
    public record Message(long number, String id, String text, boolean toFile) {

        /** As a line of JSON. */
        public String json() {
            return "{\"id\":\"" + id + "\",\"text\":\"" + text + "\"}";
        }
    }

    /** The record of a number. */
    public Message message(long number) {
        boolean toFile = number % FILE_ONE_IN == FILE_ONE_IN - 1;
        if (number > REPEAT_ONE_IN && number % REPEAT_ONE_IN == 7) {
            return new Message(number, id(number - 5), text(number - 5), toFile); // sent twice, to the letter
        }
        boolean copies = number % COPY_ONE_IN == COPY_ONE_IN - 1;
        return new Message(number, id(number), text(copies ? number - COPY_ONE_IN + 3 : number), toFile);
    }

    private static String id(long number) {
        return "d-%09d".formatted(number);
    }

    private String text(long key) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + key);
        int words = FEWEST_WORDS + random.nextInt(MORE_WORDS);
        StringBuilder text = new StringBuilder("Report ").append(key).append(" says that the");
        for (int i = 0; i < words; i++) {
            text.append(' ')
                    .append(BEGINNINGS.get(random.nextInt(BEGINNINGS.size())))
                    .append(ENDINGS.get(random.nextInt(ENDINGS.size())));
        }
        return text.append('.').toString();
    }
}
