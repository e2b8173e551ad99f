package org.alluvium.contracts.log;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.alluvium.contracts.merkle.MerkleTree;

/** What an entry says of those before it, in the format of {@link LogCodec}: {@code history} and {@code log}. */
final class HistoryNode {

    private static final String HISTORY = "history";
    private static final String LOG = "log";
    private static final String TAKEDOWN = "takedown";
    private static final String FENCE = "fence";
    private static final String ROOT = "root";
    private static final String PEAKS = "peaks";

    private static final ObjectMapper JSON = new ObjectMapper();

    private HistoryNode() {}

    static void write(History history, ObjectNode entry) {
        ObjectNode links = JSON.createObjectNode();
        history.takedown().ifPresent(sequence -> links.put(TAKEDOWN, sequence));
        history.fence().ifPresent(sequence -> links.put(FENCE, sequence));
        if (!links.isEmpty()) {
            entry.set(HISTORY, links);
        }
    }

    static History read(Fields entry) {
        return entry.find(HISTORY)
                .map(links -> new History(links.findInteger(TAKEDOWN), links.findInteger(FENCE)))
                .orElse(History.NONE);
    }

    static void write(MerkleTree before, ObjectNode entry) {
        if (before.size() > 0) {
            ObjectNode log = entry.putObject(LOG).put(ROOT, before.root());
            ArrayNode peaks = log.putArray(PEAKS);
            before.peaks().forEach(peaks::add);
        }
    }

    /** The tree of as many entries as the sequence of this one says. */
    static Optional<MerkleTree> readTree(Fields entry) {
        return entry.find(LOG).map(log -> readTree(log, entry.integer("sequence")));
    }

    private static MerkleTree readTree(Fields log, long size) {
        List<String> peaks = log.texts(PEAKS);
        if (peaks.size() != Long.bitCount(size)
                || !new MerkleTree(size, peaks).root().equals(log.text(ROOT))) {
            throw log.damaged("a tree of " + size + " entries");
        }
        return new MerkleTree(size, peaks);
    }
}
