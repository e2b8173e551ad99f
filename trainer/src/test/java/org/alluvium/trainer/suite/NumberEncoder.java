package org.alluvium.trainer.suite;

import java.util.Arrays;
import org.alluvium.tokenizer.Encoder;

/** Texts are numbers with spaces between them, and are their own tokens. */
final class NumberEncoder implements Encoder {

    @Override
    public int[] encode(String text) {
        return Arrays.stream(text.strip().split(" "))
                .filter(word -> !word.isEmpty())
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    @Override
    public void close() {
        // nothing is open
    }
}
