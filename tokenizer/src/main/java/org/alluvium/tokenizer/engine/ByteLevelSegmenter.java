package org.alluvium.tokenizer.engine;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.alluvium.tokenizer.bytelevel.AddedToken;
import org.alluvium.tokenizer.bytelevel.ByteLevelModel;
import org.alluvium.tokenizer.bytelevel.ByteLevelModel.Kind;
import org.alluvium.tokenizer.bytelevel.ByteLevelModel.Merge;
import org.alluvium.tokenizer.bytelevel.Split;
import org.alluvium.tokenizer.bytelevel.SplitExpression;
import org.alluvium.tokenizer.bytelevel.SplitPattern;

/**
 * Byte-level BPE, with the ids of Hugging Face's tokenizers: added tokens are found first; what is between them is normalized,
 * searched for those that are found in normalized text, given a space where the vocabulary puts one, and split by patterns; the
 * bytes of each split are merged. The ids of short splits are remembered. Immutable and thread-safe.
 */
final class ByteLevelSegmenter implements Segmenter {

    private static final int BYTES = 256;

    private final AddedTokens inText;
    private final AddedTokens inNormalized;
    private final boolean composed;
    private final boolean spaceBefore;
    private final Scanner[] scanners;
    private final Merges merges;
    private final int[] byteIds = new int[BYTES];

    /** Tokens that are taken whole although merges would give others. */
    private final Prefixes whole;

    ByteLevelSegmenter(ByteLevelModel model) {
        this.composed = model.composed();
        this.spaceBefore = model.spaceBefore();
        this.inText = new AddedTokens(
                model.added().stream().filter(token -> !token.normalized()).toList());
        this.inNormalized = new AddedTokens(model.added().stream()
                .filter(AddedToken::normalized)
                .map(token -> composed ? composed(token) : token)
                .toList());
        this.scanners = model.splits().stream().map(ByteLevelSegmenter::scanner).toArray(Scanner[]::new);
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

    private static Scanner scanner(Split split) {
        if (split instanceof SplitPattern pattern) {
            return new SplitScanner(pattern);
        }
        return new RegexScanner(((SplitExpression) split).regex());
    }

    /** What is searched for in normalized text is normalized itself. */
    private static AddedToken composed(AddedToken token) {
        byte[] content = token.content().getBytes(StandardCharsets.UTF_8);
        NormalizedText normalized = new NormalizedText();
        normalized.begin(content.length + Normalizer.SLACK, false);
        ComposedForm.append(content, 0, content.length, normalized);
        return token.withContent(new String(normalized.bytes, 0, normalized.length, StandardCharsets.UTF_8));
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

        private final NormalizedText normalized = new NormalizedText();
        private final NormalizedText prefixed = new NormalizedText();

        @Override
        public void segment(byte[] text, int from, int to, Tokens out) {
            find(inText, text, from, to, out);
        }

        private void find(AddedTokens tokens, byte[] text, int from, int to, Tokens out) {
            int done = from;
            for (int at = from; at < to && tokens.any(); ) {
                int id = tokens.at(text, at, to);
                if (id < 0) {
                    at++;
                    continue;
                }
                int end = at + tokens.length(id);
                if (tokens.holds(id, text, at, end, from, to)) {
                    int start = tokens.start(id, text, at, done, to);
                    between(tokens, text, done, start, out);
                    done = tokens.end(id, text, end, to);
                    out.add(id, start, done);
                }
                at = end;
            }
            between(tokens, text, done, to, out);
        }

        /** What lies between the added tokens that were searched for. */
        private void between(AddedTokens tokens, byte[] text, int from, int to, Tokens out) {
            if (tokens == inText) {
                normalize(text, from, to, out);
            } else {
                prefix(text, from, to, out);
            }
        }

        private void normalize(byte[] text, int from, int to, Tokens out) {
            if (!composed || ComposedForm.holds(text, from, to)) {
                find(inNormalized, text, from, to, out);
                return;
            }
            int first = out.spans();
            normalized.begin(to - from + Normalizer.SLACK, out.wantsSpans());
            ComposedForm.append(text, from, to, normalized);
            find(inNormalized, normalized.bytes, 0, normalized.length, out);
            out.moveSpans(first, normalized.origins);
        }

        private void prefix(byte[] text, int from, int to, Tokens out) {
            if (!spaceBefore || from == to || text[from] == ' ') {
                split(0, text, from, to, out);
                return;
            }
            int first = out.spans();
            prefixed.begin(to - from + 1 + Normalizer.SLACK, out.wantsSpans());
            prefixed.bytes[0] = ' ';
            System.arraycopy(text, from, prefixed.bytes, 1, to - from);
            prefixed.length = to - from + 1;
            if (prefixed.origins != null) {
                for (int i = 0; i <= prefixed.length; i++) {
                    prefixed.origins[i] = from + Math.max(0, i - 1);
                }
            }
            split(0, prefixed.bytes, 0, prefixed.length, out);
            out.moveSpans(first, prefixed.origins);
        }

        private void split(int level, byte[] text, int from, int to, Tokens out) {
            Scanner scanner = scanners[level];
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
