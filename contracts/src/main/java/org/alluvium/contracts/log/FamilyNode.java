package org.alluvium.contracts.log;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.TreeMap;

/** A family as a member of a fence; the format is specified at {@link LogCodec}. */
final class FamilyNode {

    private FamilyNode() {}

    static ObjectNode write(Family family) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("name", family.name())
                .put("tokenizer", family.tokenizer())
                .put("addBos", family.addBos())
                .put("addEos", family.addEos());
        ObjectNode rules = node.putObject("rules");
        family.rules().forEach(rules::put);
        return node;
    }

    static Family read(Fields fields) {
        return new Family(
                fields.text("name"),
                fields.text("tokenizer"),
                fields.bool("addBos"),
                fields.bool("addEos"),
                new TreeMap<>(fields.object("rules").texts()));
    }
}
