package org.alluvium.tokenizer.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.alluvium.tokenizer.bytelevel.AddedToken;
import org.alluvium.tokenizer.bytelevel.ByteLevelModel;
import org.alluvium.tokenizer.bytelevel.ByteLevelModel.Kind;
import org.alluvium.tokenizer.bytelevel.ByteLevelModel.Merge;

/**
 * Byte-level BPE, with the ids of Hugging Face's tokenizers: added tokens are found first, what is between them is split by
 * patterns, and the bytes of each split are merged. The ids of short splits are remembered. Immutable and thread-safe.
 */
final class ByteLevelSegmenter implements Segmenter {

    private static final int BYTES = 256;

    private final List<AddedTokens> added;
    private final SplitScanner[] scanners;
    private final Merges merges;
    private final int[] byteIds = new int[BYTES];

    /** Tokens that are taken whole although merges would give others. */
    private final Prefixes whole;

    ByteLevelSegmenter(ByteLevelModel model) {
        this.added = added(model.added());
        this.scanners = model.splits().stream().map(SplitScanner::new).toArray(SplitScanner[]::new);
        this.merges = new Merges(model.merges().size());
        for (int rank = 0; rank < model.merges().size(); rank++) {
            Merge merge = model.merges().get(rank);
            // Of a pair that is there twice, the later one counts, as with Hugging Face's.
            merges.add(merge.left(), merge.right(), merge.merged(), rank);
        }
        for (int id = 0; id < model.tokens().size(); id++) {
            byte[] bytes = model.tokens().get(id).bytes();
            if (model.tokens().get(id).kind() == Kind.TEXT && bytes.length == 1) {
                byteIds[bytes[0] & 0xFF] = id;
            }
        }
        this.whole = Prefixes.of(model.ignoreMerges() ? notMerged(model) : Map.of());
    }

    /** First those that are found in the text as it is, then those that are found in what the first left. */
    private static List<AddedTokens> added(List<AddedToken> tokens) {
        List<AddedTokens> phases = new ArrayList<>();
        for (Predicate<AddedToken> phase :
                List.<Predicate<AddedToken>>of(token -> !token.normalized(), AddedToken::normalized)) {
            List<AddedToken> some = tokens.stream().filter(phase).toList();
            if (!some.isEmpty()) {
                phases.add(new AddedTokens(some));
            }
        }
        return List.copyOf(phases);
    }

    private Map<Integer, byte[]> notMerged(ByteLevelModel model) {
        Map<Integer, byte[]> tokens = new HashMap<>();
        Merger merger = new Merger();
        for (int id = 0; id < model.tokens().size(); id++) {
            byte[] bytes = model.tokens().get(id).bytes();
            if (model.tokens().get(id).kind() == Kind.TEXT && bytes.length > 1) {
                merge(bytes, 0, bytes.length, merger);
                if (merger.count() > 1 || merger.symbol(0) != id) {
                    tokens.put(id, bytes);
                }
            }
        }
        return tokens;
    }

    @Override
    public Worker worker() {
        return new Splits();
    }

    private void merge(byte[] text, int from, int to, Merger merger) {
        merger.clear();
        for (int at = from; at < to; at++) {
            merger.add(byteIds[text[at] & 0xFF], at);
        }
        merger.merge(merges);
    }

    private final class Splits implements Worker {

        private final Merger merger = new Merger();
        private final ChunkCache cache = new ChunkCache();
        private final int[] ids = new int[ChunkCache.MAX_IDS];

        @Override
        public void segment(byte[] text, int from, int to, Tokens out) {
            find(0, text, from, to, out);
        }

        private void find(int phase, byte[] text, int from, int to, Tokens out) {
            if (phase == added.size()) {
                split(0, text, from, to, out);
                return;
            }
            AddedTokens tokens = added.get(phase);
            int done = from;
            for (int at = from; at < to; ) {
                int id = tokens.at(text, at, to);
                if (id < 0) {
                    at++;
                    continue;
                }
                int end = at + tokens.length(id);
                if (tokens.holds(id, text, at, end, from, to)) {
                    int start = tokens.start(id, text, at, done, to);
                    find(phase + 1, text, done, start, out);
                    done = tokens.end(id, text, end, to);
                    out.add(id, start, done);
                }
                at = end;
            }
            find(phase + 1, text, done, to, out);
        }

        private void split(int level, byte[] text, int from, int to, Tokens out) {
            SplitScanner scanner = scanners[level];
            for (int at = from; at < to; ) {
                int end = scanner.end(text, at, to);
                if (level + 1 < scanners.length) {
                    split(level + 1, text, at, end, out);
                } else if (out.wantsSpans() || !cache.find(text, at, end, out)) {
                    encode(text, at, end, out);
                }
                at = end;
            }
        }

        private void encode(byte[] text, int from, int to, Tokens out) {
            int token = whole.longest(text, from, to);
            int count = 1;
            if (token >= 0 && whole.length(token) == to - from) {
                out.add(token, from, to);
                ids[0] = token;
            } else {
                merge(text, from, to, merger);
                count = merger.count();
                for (int i = 0; i < count; i++) {
                    out.add(merger.symbol(i), merger.start(i), i + 1 < count ? merger.start(i + 1) : to);
                    ids[Math.min(i, ids.length - 1)] = merger.symbol(i);
                }
            }
            if (!out.wantsSpans()) {
                cache.put(ids, count);
            }
        }
    }
}
