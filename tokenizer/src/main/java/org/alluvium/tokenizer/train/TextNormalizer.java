package org.alluvium.tokenizer.train;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.alluvium.tokenizer.model.NormalizerSpec;

/**
 * Text as a trainer sees it: rewritten by the rules, with spaces as U+2581, as code points. User-defined pieces do not stop the
 * rules here, as they do when a model encodes. Not thread-safe.
 */
final class TextNormalizer {

    private static final int SPACE = ' ';

    private final NormalizerSpec spec;
    private final boolean suffix;
    private final CharsMap.Compiled rules;
    private final Map<Integer, int[]> replacements = new HashMap<>();
    private final int[] single = new int[1];

    /** What {@link #step} found: the code points to put, from {@link #from}. */
    private int[] found;

    private int from;

    TextNormalizer(NormalizerSpec spec, boolean treatWhitespaceAsSuffix) {
        this.spec = spec;
        this.suffix = treatWhitespaceAsSuffix;
        this.rules = spec.hasCharsMap() ? new CharsMap.Compiled(spec.charsMap()) : null;
    }

    /** Puts the normalized text behind what {@code out} holds; nothing where only white space was there that is to be removed. */
    void normalize(byte[] text, int begin, int end, Points out) {
        boolean remove = spec.removeExtraWhitespaces();
        int at = begin;
        while (remove && at < end) {
            int next = step(text, at, end);
            if (found.length != 1 || found[0] != SPACE) {
                break;
            }
            at = next;
        }
        if (at == end) {
            return;
        }
        int start = out.size;
        if (!suffix && spec.addDummyPrefix()) {
            out.add(TrainingText.SPACE_SYMBOL);
        }
        boolean afterSpace = remove;
        while (at < end) {
            at = step(text, at, end);
            while (afterSpace && from < found.length && found[from] == SPACE) {
                from++;
            }
            if (from < found.length) {
                afterSpace = remove && found[found.length - 1] == SPACE;
                for (int i = from; i < found.length; i++) {
                    out.add(found[i] == SPACE ? TrainingText.SPACE_SYMBOL : found[i]);
                }
            }
        }
        while (remove && out.size > start && out.endsWith(TrainingText.SPACE_SYMBOL)) {
            out.size--;
        }
        if (suffix && spec.addDummyPrefix()) {
            out.add(TrainingText.SPACE_SYMBOL);
        }
    }

    /** Finds what is to be put for what is at {@code at}, and gives where to go on. */
    private int step(byte[] text, int at, int end) {
        from = 0;
        long rule = rules == null ? -1 : rules.longest(text, at, end);
        if (rule >= 0) {
            found = replacements.computeIfAbsent((int) rule, this::replacement);
            return at + (int) (rule >>> 32);
        }
        int decoded = Utf8.decode(text, at, end);
        single[0] = decoded >> 4;
        found = single;
        return at + (decoded & 0xF);
    }

    private int[] replacement(int offset) {
        Points points = new Points();
        int end = offset + rules.length(offset);
        for (int at = offset; at < end; ) {
            int decoded = Utf8.decode(rules.replacements(), at, end);
            points.add(decoded >> 4);
            at += decoded & 0xF;
        }
        return Arrays.copyOf(points.values, points.size);
    }
}
