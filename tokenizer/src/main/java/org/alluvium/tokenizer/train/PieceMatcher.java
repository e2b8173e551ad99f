package org.alluvium.tokenizer.train;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Replaces pieces that a vocabulary has anyway by a mark that no piece may hold, so that nothing is trained on them or across. */
final class PieceMatcher {

    private static final class Node {
        private final Map<Integer, Node> children = new HashMap<>();
        private boolean ends;
    }

    private final Node root = new Node();
    private final boolean[] beginsPiece = new boolean[128];

    PieceMatcher(List<String> pieces) {
        for (String piece : pieces) {
            Node node = root;
            for (int point : piece.codePoints().toArray()) {
                node = node.children.computeIfAbsent(point, ignored -> new Node());
            }
            node.ends = true;
            int first = piece.codePointAt(0);
            if (first < beginsPiece.length) {
                beginsPiece[first] = true;
            }
        }
    }

    /** Puts {@code text} with the longest piece at every place replaced. */
    void replace(Points text, int mark, Points out) {
        for (int at = 0; at < text.size; ) {
            int length = longest(text, at);
            if (length == 0) {
                out.add(text.values[at]);
                at++;
            } else {
                out.add(mark);
                at += length;
            }
        }
    }

    private int longest(Points text, int at) {
        int first = text.values[at];
        if (first < beginsPiece.length && !beginsPiece[first]) {
            return 0;
        }
        int length = 0;
        Node node = root;
        for (int i = at; i < text.size; i++) {
            node = node.children.get(text.values[i]);
            if (node == null) {
                break;
            }
            if (node.ends) {
                length = i + 1 - at;
            }
        }
        return length;
    }
}
