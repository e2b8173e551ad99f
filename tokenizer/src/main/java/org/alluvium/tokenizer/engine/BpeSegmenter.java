package org.alluvium.tokenizer.engine;

import java.util.HashMap;
import java.util.Map;
import org.alluvium.tokenizer.model.SentencePieceModel;

/**
 * SentencePiece's BPE: every character is a symbol, every two neighbours whose joined text is a piece may become one, the
 * piece of the highest score first and of equal ones the leftmost. Pieces that users defined are found first, from left to
 * right and the longest, and are merged with nothing. Characters without a piece become bytes, or one unknown piece for a
 * run of them.
 *
 * <p>Merges do not reach over the {@link Cuts} of the vocabulary, so the text is segmented in chunks, and the ids of short
 * chunks are remembered. One thing is not local: an unused piece is taken apart as the merge that was found <em>last</em>,
 * anywhere in the text, had it put together. Vocabularies with unused pieces are therefore segmented as a whole.
 */
final class BpeSegmenter implements Segmenter {

    private static final int NO_ID = -1;

    private final BpeSymbols symbols;
    private final Cuts cuts;
    private final boolean usersDefined;

    /** A vocabulary that was checked: it has an unknown piece, and with byte fallback one for every byte. */
    BpeSegmenter(SentencePieceModel model) {
        this.symbols = new BpeSymbols(model);
        this.cuts = Cuts.of(symbols.texts());
        this.usersDefined = symbols.usersDefined();
    }

    @Override
    public Worker worker() {
        return symbols.hasUnused() ? new WholeTexts() : new Chunks();
    }

    /** As {@link Cuts#end}, and a chunk ends where a piece begins that a user defined. */
    private int endBeforeUserDefined(byte[] text, int from, int to) {
        int left = Characters.at(text, from, to);
        int at = from + Characters.length(left);
        while (at < to) {
            int right = Characters.at(text, at, to);
            if (!cuts.joined(left, right) || symbols.userDefined(text, at, to) >= 0) {
                return at;
            }
            left = right;
            at += Characters.length(right);
        }
        return to;
    }

    private void addCharacters(byte[] text, int from, int to, Merger merger) {
        for (int at = from; at < to; ) {
            int character = Characters.at(text, at, to);
            merger.add(symbols.ofCharacter(character), at);
            at += Characters.length(character);
        }
    }

    private final class Chunks implements Worker {

        private final Merger merger = new Merger();
        private final ChunkCache cache = new ChunkCache();
        private final int[] ids = new int[ChunkCache.MAX_IDS];

        @Override
        public void segment(byte[] text, int from, int to, Tokens out) {
            for (int at = from; at < to; ) {
                int user = usersDefined ? symbols.userDefined(text, at, to) : NO_ID;
                int end;
                if (user >= 0) {
                    end = at + symbols.length(user);
                    out.add(user, at, end);
                } else if (Characters.isDense(text[at])) {
                    end = addUpToCut(text, at, to);
                    giveShort(text, end, out);
                } else {
                    end = usersDefined ? endBeforeUserDefined(text, at, to) : cuts.end(text, at, to);
                    if (out.wantsSpans() || !cache.find(text, at, end, out)) {
                        merge(text, at, end, out);
                    }
                }
                at = end;
            }
        }

        /**
         * Adds the characters of a chunk with their rules: two characters have one wherever a piece holds them. {@link Cuts} are asked
         * first, as their table is the smaller one.
         */
        private int addUpToCut(byte[] text, int from, int to) {
            merger.clear();
            int left = Characters.at(text, from, to);
            int symbol = symbols.ofCharacter(left);
            merger.add(symbol, from);
            int at = from + Characters.length(left);
            while (at < to && !(usersDefined && symbols.userDefined(text, at, to) >= 0)) {
                int right = Characters.at(text, at, to);
                if (!cuts.joined(left, right)) {
                    break;
                }
                int next = symbols.ofCharacter(right);
                long rule = symbols.merges().of(symbol, next);
                if (rule == Merges.NONE) {
                    break;
                }
                merger.add(next, at, rule);
                left = right;
                symbol = next;
                at += Characters.length(right);
            }
            return at;
        }

        /** Merges and gives what {@link #addUpToCut} took, which mostly is a character or two. */
        private void giveShort(byte[] text, int to, Tokens out) {
            int count = merger.count();
            if (count == 2 && Merges.applies(merger.firstRule())) {
                give(Merges.merged(merger.firstRule()), text, merger.start(0), to, out);
            } else if (count <= 2) {
                if (count == 2) {
                    give(merger.symbol(0), text, merger.start(0), merger.start(1), out);
                }
                give(merger.symbol(count - 1), text, merger.start(count - 1), to, out);
            } else if (out.wantsSpans() || !cache.find(text, merger.start(0), to, out)) {
                merger.mergeFound(symbols.merges());
                giveAndKeep(text, to, out);
            }
        }

        private boolean give(int symbol, byte[] text, int from, int to, Tokens out) {
            int id = symbols.output(symbol);
            if (id == symbols.unknownId()) {
                out.unknown(text, from, to);
                return false;
            }
            out.add(id, from, to);
            return true;
        }

        private void merge(byte[] text, int from, int to, Tokens out) {
            merger.clear();
            addCharacters(text, from, to, merger);
            merger.merge(symbols.merges());
            giveAndKeep(text, to, out);
        }

        private void giveAndKeep(byte[] text, int to, Tokens out) {
            if (give(text, to, out) && !out.wantsSpans()) {
                int count = merger.count();
                for (int i = 0; i < Math.min(count, ids.length); i++) {
                    ids[i] = symbols.output(merger.symbol(i));
                }
                cache.put(ids, count);
            }
        }

        /** Gives what was merged; false if some of it is unknown. */
        private boolean give(byte[] text, int to, Tokens out) {
            int count = merger.count();
            boolean known = true;
            for (int i = 0; i < count; i++) {
                known &= give(merger.symbol(i), text, merger.start(i), i + 1 < count ? merger.start(i + 1) : to, out);
            }
            return known;
        }
    }

    private final class WholeTexts implements Worker {

        private final Merger merger = new Merger();
        private final Map<Integer, Split> splits = new HashMap<>();

        @Override
        public void segment(byte[] text, int from, int to, Tokens out) {
            merger.clear();
            splits.clear();
            for (int at = from; at < to; ) {
                int user = symbols.userDefined(text, at, to);
                int character = Characters.at(text, at, to);
                merger.add(user >= 0 ? user : symbols.ofCharacter(character), at);
                at += user >= 0 ? symbols.length(user) : Characters.length(character);
            }
            merger.merge(symbols.merges(), (left, right, merged) -> {
                if (symbols.isUnused(merged)) {
                    splits.put(merged, new Split(left, right));
                }
            });
            for (int i = 0; i < merger.count(); i++) {
                takeApart(
                        merger.symbol(i),
                        text,
                        merger.start(i),
                        i + 1 < merger.count() ? merger.start(i + 1) : to,
                        out);
            }
        }

        private void takeApart(int symbol, byte[] text, int from, int to, Tokens out) {
            Split split = symbols.isUnused(symbol) ? splits.get(symbol) : null;
            if (split != null) {
                int middle = from + symbols.length(split.left());
                takeApart(split.left(), text, from, middle, out);
                takeApart(split.right(), text, middle, to, out);
            } else if (symbols.output(symbol) == symbols.unknownId()) {
                out.unknown(text, from, to);
            } else {
                out.add(symbols.output(symbol), from, to);
            }
        }
    }

    private record Split(int left, int right) {}
}
