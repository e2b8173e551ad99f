package org.alluvium.tokenizer.train;

import org.alluvium.tokenizer.model.TrainerSpec;
import org.alluvium.tokenizer.train.unigram.PieceRule;

/** Which sequences of characters may be pieces, by the settings. Immutable. */
public final class PieceShape implements PieceRule {

    private static final int ANY_SCRIPT = -1;

    private final TrainerSpec spec;

    public PieceShape(TrainerSpec spec) {
        this.spec = spec;
    }

    @Override
    public boolean separates(int before, int after) {
        if (isMark(before) || isMark(after)) {
            return true;
        }
        boolean spaceBefore = before == TrainingText.SPACE_SYMBOL;
        boolean spaceAfter = after == TrainingText.SPACE_SYMBOL;
        if (spaceBefore || spaceAfter) {
            boolean run = spaceBefore && spaceAfter && spec.allowWhitespaceOnlyPieces();
            boolean atWrongSide = spec.treatWhitespaceAsSuffix() ? spaceBefore : spaceAfter;
            return !run && spec.splitByWhitespace() && atWrongSide;
        }
        if (spec.splitDigits() && (isDigit(before) || isDigit(after))) {
            return true;
        }
        int first = script(before, isDigit(before), ANY_SCRIPT);
        int second = script(after, isDigit(after), first);
        return spec.splitByUnicodeScript() && first != ANY_SCRIPT && second != ANY_SCRIPT && first != second;
    }

    /** Whether {@code points[from]} to {@code points[to - 1]} may be a piece. */
    @Override
    public boolean allows(int[] points, int from, int to) {
        int length = to - from;
        if (length == 0 || length > spec.maxSentencepieceLength()) {
            return false;
        }
        boolean onlySpaces = spec.allowWhitespaceOnlyPieces() && isSpaces(points, from, to);
        int before = ANY_SCRIPT;
        for (int at = from; at < to; at++) {
            int point = points[at];
            if (isMark(point)) {
                return false;
            }
            if (point == TrainingText.SPACE_SYMBOL) {
                if (!onlySpaces && !allowsSpace(at - from, length)) {
                    return false;
                }
                continue;
            }
            boolean digit = isDigit(point);
            if (digit && spec.splitDigits() && length > 1) {
                return false;
            }
            int script = script(point, digit, before);
            if (spec.splitByUnicodeScript() && script != ANY_SCRIPT && before != ANY_SCRIPT && before != script) {
                return false;
            }
            before = script;
        }
        return true;
    }

    private static boolean isMark(int point) {
        return point == TrainingText.UNKNOWN || point == TrainingText.BOUNDARY || point == 0 || point == ' ';
    }

    private int script(int point, boolean digit, int before) {
        if (digit && !spec.splitByNumber()) {
            return ANY_SCRIPT;
        }
        int script = Scripts.of(point);
        return script == Scripts.INHERITED ? before : script;
    }

    /** Whether a space may be at a place of a piece: at the side where spaces go, or inside where words are not split. */
    private boolean allowsSpace(int at, int length) {
        boolean last = at == length - 1;
        if (spec.treatWhitespaceAsSuffix()) {
            return last || (!spec.splitByWhitespace() && at > 0);
        }
        return at == 0 || (!spec.splitByWhitespace() && !last);
    }

    private static boolean isSpaces(int[] points, int from, int to) {
        for (int at = from; at < to; at++) {
            if (points[at] != TrainingText.SPACE_SYMBOL) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(int point) {
        return (point >= '0' && point <= '9') || (point >= 0xFF10 && point <= 0xFF19);
    }
}
