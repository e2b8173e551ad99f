package org.alluvium.ingest.decontamination;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.alluvium.ingest.text.Normalizer;

/**
 * What remains of a text once its collisions are cut out of it, each with a window on either side: the pieces before, between
 * and behind the cuts. Lengths are code points.
 *
 * @param pieces what is not blank of them, in their order
 */
record Cut(List<String> pieces) {

    Cut {
        pieces = List.copyOf(pieces);
    }

    /**
     * Cuts.
     *
     * @param collisions in the order of the text
     * @param window characters that are cut on either side
     */
    static Cut of(String text, List<Collision> collisions, int window) {
        List<String> pieces = new ArrayList<>();
        int pieceStart = 0;
        for (Collision collision : collisions) {
            addPiece(text, pieceStart, back(text, collision.start(), window), pieces);
            pieceStart = Math.max(pieceStart, forward(text, collision.end(), window));
        }
        addPiece(text, pieceStart, text.length(), pieces);
        return new Cut(pieces);
    }

    private static void addPiece(String text, int start, int end, List<String> pieces) {
        if (start < end && !text.substring(start, end).isBlank()) {
            pieces.add(text.substring(start, end).strip());
        }
    }

    private static int back(String text, int from, int characters) {
        int at = from;
        for (int i = 0; i < characters && at > 0; i++) {
            at = text.offsetByCodePoints(at, -1);
        }
        return at;
    }

    private static int forward(String text, int from, int characters) {
        int at = from;
        for (int i = 0; i < characters && at < text.length(); i++) {
            at = text.offsetByCodePoints(at, 1);
        }
        return at;
    }

    /** Length of the longest piece; 0 if there is none. */
    int longest() {
        return pieces.stream().mapToInt(Cut::length).max().orElse(0);
    }

    /** The pieces of at least that length as one text in normal form, an empty line where something was cut out. */
    String text(int minPiece) {
        return Normalizer.normalize(
                pieces.stream().filter(piece -> length(piece) >= minPiece).collect(Collectors.joining("\n\n")));
    }

    private static int length(String piece) {
        return piece.codePointCount(0, piece.length());
    }
}
