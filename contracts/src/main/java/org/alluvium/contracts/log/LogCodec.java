package org.alluvium.contracts.log;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.MismatchException;
import org.alluvium.contracts.log.Freshness.Quantiles;
import org.alluvium.contracts.log.LogEntry.Commit;
import org.alluvium.contracts.log.LogEntry.Fence;
import org.alluvium.contracts.log.LogEntry.RecordFile;
import org.alluvium.contracts.log.LogEntry.Takedown;
import org.alluvium.contracts.merkle.MerkleTree;
import org.alluvium.contracts.shard.ShardFile;
import org.alluvium.contracts.store.Sha256;

/**
 * The format of a log entry, version 1: one line of JSON in UTF-8, ended by a line feed,
 *
 * <pre>{"version":1,"sha256":"<i>digest</i>","entry":<i>entry</i>}</pre>
 *
 * with no white space in the envelope. The digest is that of the bytes of <i>entry</i> as they stand in the file, from
 * its opening to its closing brace, so that any damage is found without a canonical form of JSON. An entry is one of
 *
 * <pre>
 * {"kind":"fence", "sequence":int, "writerEpoch":int, "lineage":string, "createdAt":instant,
 *  "restoredCheckpointId":int,
 *  "family":{"name":string, "tokenizer":string, "addBos":boolean, "addEos":boolean, "rules":{part:string}}}
 *
 * {"kind":"commit", "sequence":int, "writerEpoch":int, "lineage":string, "createdAt":instant,
 *  "flinkCheckpointId":int,
 *  "shards":[{"path":string, "rows":int, "tokens":int, "bytes":int, "sha256":string,
 *             "rowsPerSource":{source:int}, "minEventTimeMillis":int, "maxEventTimeMillis":int, "rowsRoot":string}],
 *  "deadLetters":[{"path":string, "records":int, "bytes":int, "sha256":string}],
 *  "rejects":[{"path":string, "records":int, "bytes":int, "sha256":string}],
 *  "changes":[{"path":string, "records":int, "bytes":int, "sha256":string}],
 *  "mixture":[{"source":string, "epochs":number, "documents":int, "repeats":int}],
 *  "sourcePositions":{source:string},
 *  "sourceProgress":{source:{"records":int, "bytes":int, "timeMillis":int}},
 *  "funnel":{"read":int, "accepted":int, "duplicates":int, "duplicatesByKind":{kind:int}, "rejected":{reason:int},
 *            "skipped":{reason:int}, "deleted":int, "edits":{edit:int}},
 *  "freshness":{"eventToIngest":quantiles, "ingestToCommit":quantiles, "eventToCommit":quantiles},
 *  "vocabulary":{"documents":sums, "stretch":sums, "before":sums, "departures":[departure], "alerts":[departure]},
 *  "endOfInput":boolean}
 *
 * {"kind":"takedown", "sequence":int, "writerEpoch":int, "lineage":string, "createdAt":instant,
 *  "selectors":[{"id":string, "source":string} or {"id":string} or {"urlPrefix":string} or {"source":string}
 *               or {"contentHash":string}], "reason":string}
 *
 * {"kind":"rewrite", "sequence":int, "writerEpoch":int, "lineage":string, "createdAt":instant, "through":int,
 *  "shards":{path:<i>a shard as in a commit</i>}, "records":{path:<i>a file as in a commit</i>}}
 * </pre>
 *
 * <p>Each of them may have {@code "history":{"takedown":int, "fence":int}} after these; where one of the two is missing,
 * no such entry precedes it. The last member of all but the first entry is {@code "log":{"root":string, "peaks":[string]}}, the
 * Merkle tree of the entries before it ({@link MerkleTree}), whose leaves are what files have for <i>entry</i>; older releases did
 * not write it. A fence without {@code family} was written when there were none, a shard without {@code rowsRoot} before rows had one.
 *
 * <p>In all this <i>int</i> is a 64-bit integer, <i>instant</i> an ISO-8601 time in UTC and <i>quantiles</i> an object
 * {@code {"p50Millis":int, "p95Millis":int, "p99Millis":int}}, <i>sums</i> one
 * {@code {"texts":int, "bytes":int, "tokens":int, "byteTokens":int, "unknownTokens":int}} and <i>departure</i> one
 * {@code {"figure":string, "value":number, "mean":number}}; the members mean what the components of {@link LogEntry} of
 * the same name mean, and a {@link SourcePosition} is the two members that begin with <i>source</i> together. There is no
 * {@code freshness} where no row was committed, and no {@code vocabulary} where ingest was told not to say. Maps are sorted by key, so equal entries have equal bytes.
 *
 * <p>Release 0.1.0 wrote neither {@code rejects}, {@code changes}, {@code mixture}, {@code sourceProgress}, {@code skipped}, {@code
 * deleted}, {@code edits} nor {@code freshness}: they count as empty. Its {@code duplicates}, since there is no {@code duplicatesByKind}, were all
 * of the kind {@code exact}.
 *
 * <p>Evolution: within a version members may be added, and readers skip what they do not know; anything else takes a new
 * version, which older readers refuse.
 */
public final class LogCodec {

    public static final int VERSION = 1;

    private static final String FENCE = "fence";
    private static final String COMMIT = "commit";
    private static final String TAKEDOWN = "takedown";
    private static final String REWRITE = "rewrite";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern VERSION_HEAD = Pattern.compile("\\{\"version\":(\\d{1,9}),");
    private static final Pattern HEAD = Pattern.compile("\\{\"version\":1,\"sha256\":\"([0-9a-f]{64})\",\"entry\":\\{");
    private static final String TAIL = "}\n";
    private static final String RESTORE =
            "Restore the file from a copy of the corpus; 'alluvium corpus verify' lists everything that is damaged";

    private LogCodec() {}

    /** The bytes of the file of an entry that says nothing of the log's root. */
    public static byte[] encode(LogEntry entry) {
        return encode(entry, MerkleTree.EMPTY);
    }

    /**
     * The bytes of an entry's file.
     *
     * @param before the tree of the entries before it
     */
    public static byte[] encode(LogEntry entry, MerkleTree before) {
        ObjectNode node = JSON.createObjectNode()
                .put("kind", kind(entry))
                .put("sequence", entry.sequence())
                .put("writerEpoch", entry.writerEpoch())
                .put("lineage", entry.lineage())
                .put("createdAt", entry.createdAt().toString());
        node.setAll(members(entry));
        HistoryNode.write(entry.history(), node);
        HistoryNode.write(before, node);
        String json = node.toString();
        String digest = Sha256.of(json.getBytes(StandardCharsets.UTF_8));
        return ("{\"version\":1,\"sha256\":\"" + digest + "\",\"entry\":" + json + TAIL)
                .getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads the bytes of an entry's file.
     *
     * @param name what the file is called in an error
     * @throws DataException if it is cut short, altered, or lacks a member
     * @throws MismatchException if a newer version of Alluvium wrote it
     */
    public static LogEntry decode(byte[] file, String name) {
        return entry(new Fields(parse(verifiedEntry(file, name), name), name), name);
    }

    private static LogEntry entry(Fields fields, String name) {
        String kind = fields.text("kind");
        return switch (kind) {
            case FENCE -> fence(fields);
            case COMMIT -> commit(fields);
            case TAKEDOWN -> TakedownNode.takedown(fields);
            case REWRITE -> TakedownNode.rewrite(fields);
            default ->
                throw new DataException(
                        "an entry of unknown kind '" + kind + "'",
                        name,
                        "Use a newer version of Alluvium, or restore the file from a copy of the corpus");
        };
    }

    /**
     * Reads the bytes of an entry's file as a leaf of the log's tree; errors are as in {@link #decode}.
     *
     * @param name what the file is called in an error
     */
    static StoredEntry stored(byte[] file, String name) {
        byte[] entry = verifiedEntry(file, name);
        Fields fields = new Fields(parse(entry, name), name);
        return new StoredEntry(
                entry(fields, name), new String(entry, StandardCharsets.UTF_8), HistoryNode.readTree(fields));
    }

    private static String kind(LogEntry entry) {
        if (entry instanceof Fence) {
            return FENCE;
        }
        if (entry instanceof Commit) {
            return COMMIT;
        }
        return entry instanceof Takedown ? TAKEDOWN : REWRITE;
    }

    private static ObjectNode members(LogEntry entry) {
        if (entry instanceof Fence fence) {
            return fenceNode(fence);
        }
        if (entry instanceof Commit commit) {
            return commitNode(commit);
        }
        return entry instanceof Takedown takedown
                ? TakedownNode.of(takedown)
                : TakedownNode.of((LogEntry.Rewrite) entry);
    }

    /** Checks the envelope and gives the entry's bytes. */
    private static byte[] verifiedEntry(byte[] file, String name) {
        // ISO-8859-1 keeps one character per byte, whatever the bytes are.
        String text = new String(file, StandardCharsets.ISO_8859_1);
        refuseOtherVersions(text, name);
        Matcher head = HEAD.matcher(text);
        if (!head.lookingAt() || !text.endsWith(TAIL)) {
            throw new DataException("the log entry is cut short or is not one", name, RESTORE);
        }
        int from = head.end() - 1;
        int length = file.length - TAIL.length() - from;
        if (!Sha256.of(file, from, length).equals(head.group(1))) {
            throw new DataException("the log entry is damaged: its digest does not match", name, RESTORE);
        }
        byte[] entry = new byte[length];
        System.arraycopy(file, from, entry, 0, length);
        return entry;
    }

    private static void refuseOtherVersions(String text, String name) {
        Matcher head = VERSION_HEAD.matcher(text);
        if (head.lookingAt() && Integer.parseInt(head.group(1)) != VERSION) {
            throw new MismatchException(
                    "the log entry has format version " + head.group(1) + ", this Alluvium reads " + VERSION,
                    name,
                    "Use the version of Alluvium that wrote it, or a newer one");
        }
    }

    private static JsonNode parse(byte[] entry, String name) {
        try {
            return JSON.readTree(entry);
        } catch (IOException e) {
            throw new DataException("the log entry is not JSON", name, RESTORE, e);
        }
    }

    private static ObjectNode fenceNode(Fence fence) {
        ObjectNode node = JSON.createObjectNode().put("restoredCheckpointId", fence.restoredCheckpointId());
        fence.family().ifPresent(family -> node.set("family", FamilyNode.write(family)));
        return node;
    }

    private static LogEntry fence(Fields fields) {
        return new Fence(
                fields.integer("sequence"),
                fields.integer("writerEpoch"),
                fields.text("lineage"),
                fields.integer("restoredCheckpointId"),
                fields.find("family").map(FamilyNode::read),
                fields.instant("createdAt"),
                HistoryNode.read(fields));
    }

    private static ObjectNode commitNode(Commit commit) {
        ObjectNode node = JSON.createObjectNode().put("flinkCheckpointId", commit.flinkCheckpointId());
        ArrayNode shards = node.putArray("shards");
        commit.shards().forEach(shard -> shards.add(shardNode(shard)));
        putFiles(node, "deadLetters", commit.deadLetters());
        putFiles(node, "rejects", commit.rejects());
        putFiles(node, "changes", commit.changes());
        ArrayNode mixture = node.putArray("mixture");
        commit.mixture().forEach(share -> mixture.add(shareNode(share)));
        putPositions(node, new TreeMap<>(commit.sourcePositions()));
        node.set("funnel", funnelNode(commit.funnel()));
        commit.freshness().ifPresent(freshness -> node.set("freshness", freshnessNode(freshness)));
        commit.vocabulary().ifPresent(fit -> node.set("vocabulary", FitNode.write(fit)));
        return node.put("endOfInput", commit.endOfInput());
    }

    private static LogEntry commit(Fields fields) {
        return new Commit(
                fields.integer("sequence"),
                fields.integer("writerEpoch"),
                fields.text("lineage"),
                fields.integer("flinkCheckpointId"),
                fields.list("shards", LogCodec::shard),
                fields.list("deadLetters", LogCodec::recordFile),
                fields.listIfPresent("rejects", LogCodec::recordFile),
                fields.listIfPresent("changes", LogCodec::recordFile),
                fields.listIfPresent("mixture", LogCodec::share),
                positions(fields),
                funnel(fields.object("funnel")),
                fields.find("freshness").map(LogCodec::freshness),
                fields.find("vocabulary").map(FitNode::read),
                fields.bool("endOfInput"),
                fields.instant("createdAt"),
                HistoryNode.read(fields));
    }

    private static void putFiles(ObjectNode commit, String name, List<RecordFile> files) {
        ArrayNode array = commit.putArray(name);
        files.forEach(file -> array.add(recordNode(file)));
    }

    static ObjectNode recordNode(RecordFile file) {
        return JSON.createObjectNode()
                .put("path", file.path())
                .put("records", file.records())
                .put("bytes", file.bytes())
                .put("sha256", file.sha256());
    }

    private static ObjectNode shareNode(MixtureShare share) {
        return JSON.createObjectNode()
                .put("source", share.source())
                .put("epochs", share.epochs())
                .put("documents", share.documents())
                .put("repeats", share.repeats());
    }

    private static MixtureShare share(Fields fields) {
        return new MixtureShare(
                fields.text("source"), fields.number("epochs"), fields.integer("documents"), fields.integer("repeats"));
    }

    private static void putPositions(ObjectNode commit, SortedMap<String, SourcePosition> positions) {
        ObjectNode places = commit.putObject("sourcePositions");
        positions.forEach((source, position) -> places.put(source, position.at()));
        ObjectNode progress = commit.putObject("sourceProgress");
        positions.forEach((source, position) -> progress.putObject(source)
                .put("records", position.records())
                .put("bytes", position.bytes())
                .put("timeMillis", position.timeMillis()));
    }

    private static Map<String, SourcePosition> positions(Fields commit) {
        Optional<Fields> progress = commit.find("sourceProgress");
        Map<String, SourcePosition> positions = new TreeMap<>();
        commit.object("sourcePositions").texts().forEach((source, at) -> {
            Optional<Fields> counts = progress.flatMap(all -> all.find(source));
            positions.put(
                    source,
                    new SourcePosition(
                            at, count(counts, "records"), count(counts, "bytes"), count(counts, "timeMillis")));
        });
        return positions;
    }

    private static long count(Optional<Fields> counts, String name) {
        return counts.map(fields -> fields.integer(name)).orElse(0L);
    }

    private static ObjectNode funnelNode(Funnel funnel) {
        ObjectNode node = JSON.createObjectNode()
                .put("read", funnel.read())
                .put("accepted", funnel.accepted())
                .put("duplicates", funnel.duplicates());
        node.set("duplicatesByKind", counts(funnel.duplicatesByKind()));
        node.set("rejected", counts(funnel.rejected()));
        node.set("skipped", counts(funnel.skipped()));
        node.put("deleted", funnel.deleted());
        node.set("edits", counts(funnel.edits()));
        return node;
    }

    private static Funnel funnel(Fields fields) {
        return new Funnel(
                fields.integer("read"),
                fields.integer("accepted"),
                duplicatesByKind(fields),
                fields.object("rejected").integers(),
                fields.integersIfPresent("skipped"),
                fields.integerIfPresent("deleted"),
                fields.integersIfPresent("edits"));
    }

    /** Before there were kinds, there was one. */
    private static Map<String, Long> duplicatesByKind(Fields funnel) {
        long all = funnel.integer("duplicates");
        return funnel.find("duplicatesByKind").map(Fields::integers).orElse(all == 0 ? Map.of() : Map.of("exact", all));
    }

    private static ObjectNode freshnessNode(Freshness freshness) {
        ObjectNode node = JSON.createObjectNode();
        node.set("eventToIngest", quantilesNode(freshness.eventToIngest()));
        node.set("ingestToCommit", quantilesNode(freshness.ingestToCommit()));
        node.set("eventToCommit", quantilesNode(freshness.eventToCommit()));
        return node;
    }

    private static ObjectNode quantilesNode(Quantiles quantiles) {
        return JSON.createObjectNode()
                .put("p50Millis", quantiles.p50Millis())
                .put("p95Millis", quantiles.p95Millis())
                .put("p99Millis", quantiles.p99Millis());
    }

    private static Freshness freshness(Fields fields) {
        return new Freshness(
                quantiles(fields.object("eventToIngest")),
                quantiles(fields.object("ingestToCommit")),
                quantiles(fields.object("eventToCommit")));
    }

    private static Quantiles quantiles(Fields fields) {
        return new Quantiles(fields.integer("p50Millis"), fields.integer("p95Millis"), fields.integer("p99Millis"));
    }

    static ObjectNode shardNode(ShardFile shard) {
        ObjectNode node = JSON.createObjectNode()
                .put("path", shard.path())
                .put("rows", shard.rows())
                .put("tokens", shard.tokens())
                .put("bytes", shard.bytes())
                .put("sha256", shard.sha256());
        node.set("rowsPerSource", counts(shard.rowsPerSource()));
        node.put("minEventTimeMillis", shard.minEventTimeMillis())
                .put("maxEventTimeMillis", shard.maxEventTimeMillis());
        shard.rowsRoot().ifPresent(root -> node.put("rowsRoot", root));
        return node;
    }

    static ShardFile shard(Fields fields) {
        return new ShardFile(
                fields.text("path"),
                fields.integer("rows"),
                fields.integer("tokens"),
                fields.integer("bytes"),
                fields.text("sha256"),
                fields.object("rowsPerSource").integers(),
                fields.integer("minEventTimeMillis"),
                fields.integer("maxEventTimeMillis"),
                fields.findText("rowsRoot"));
    }

    static RecordFile recordFile(Fields fields) {
        return new RecordFile(
                fields.text("path"), fields.integer("records"), fields.integer("bytes"), fields.text("sha256"));
    }

    private static ObjectNode counts(Map<String, Long> counts) {
        ObjectNode node = JSON.createObjectNode();
        new TreeMap<>(counts).forEach(node::put);
        return node;
    }
}
