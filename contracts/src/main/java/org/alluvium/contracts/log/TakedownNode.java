package org.alluvium.contracts.log;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.contracts.log.LogEntry.RecordFile;
import org.alluvium.contracts.log.LogEntry.Rewrite;
import org.alluvium.contracts.log.LogEntry.Takedown;
import org.alluvium.contracts.shard.ShardFile;

/** Takedowns and rewrites as members of a log entry; the format is specified at {@link LogCodec}. */
final class TakedownNode {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ID = "id";
    private static final String SOURCE = "source";
    private static final String URL_PREFIX = "urlPrefix";
    private static final String CONTENT_HASH = "contentHash";

    private TakedownNode() {}

    static ObjectNode of(Takedown takedown) {
        ObjectNode node = JSON.createObjectNode();
        ArrayNode selectors = node.putArray("selectors");
        takedown.selectors().forEach(selector -> selectors.add(of(selector)));
        return node.put("reason", takedown.reason());
    }

    static LogEntry takedown(Fields fields) {
        return new Takedown(
                fields.integer("sequence"),
                fields.integer("writerEpoch"),
                fields.text("lineage"),
                fields.list("selectors", TakedownNode::selector),
                fields.text("reason"),
                fields.instant("createdAt"),
                HistoryNode.read(fields));
    }

    private static ObjectNode of(Selector selector) {
        ObjectNode node = JSON.createObjectNode();
        if (selector instanceof Selector.Id id) {
            node.put(ID, id.id());
            id.source().ifPresent(source -> node.put(SOURCE, source));
        } else if (selector instanceof Selector.UrlPrefix url) {
            node.put(URL_PREFIX, url.prefix());
        } else if (selector instanceof Selector.Source source) {
            node.put(SOURCE, source.name());
        } else if (selector instanceof Selector.Content content) {
            node.put(CONTENT_HASH, content.hash().toString());
        }
        return node;
    }

    private static Selector selector(Fields fields) {
        if (fields.has(ID)) {
            return new Selector.Id(
                    fields.text(ID), fields.has(SOURCE) ? Optional.of(fields.text(SOURCE)) : Optional.empty());
        }
        if (fields.has(URL_PREFIX)) {
            return new Selector.UrlPrefix(fields.text(URL_PREFIX));
        }
        if (fields.has(CONTENT_HASH)) {
            return new Selector.Content(ContentHash.parse(fields.text(CONTENT_HASH)));
        }
        return new Selector.Source(fields.text(SOURCE));
    }

    static ObjectNode of(Rewrite rewrite) {
        ObjectNode node = JSON.createObjectNode().put("through", rewrite.through());
        ObjectNode shards = node.putObject("shards");
        new TreeMap<>(rewrite.shards()).forEach((path, shard) -> shards.set(path, LogCodec.shardNode(shard)));
        ObjectNode records = node.putObject("records");
        new TreeMap<>(rewrite.records()).forEach((path, file) -> records.set(path, LogCodec.recordNode(file)));
        return node;
    }

    static LogEntry rewrite(Fields fields) {
        Map<String, ShardFile> shards = fields.object("shards").objects(LogCodec::shard);
        Map<String, RecordFile> records = fields.object("records").objects(LogCodec::recordFile);
        return new Rewrite(
                fields.integer("sequence"),
                fields.integer("writerEpoch"),
                fields.text("lineage"),
                fields.integer("through"),
                shards,
                records,
                fields.instant("createdAt"),
                HistoryNode.read(fields));
    }
}
