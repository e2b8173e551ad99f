package org.alluvium.contracts.log;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.alluvium.contracts.log.VocabularyFit.Departure;
import org.alluvium.contracts.log.VocabularyFit.Figure;

/** The member {@code vocabulary} of a commit, as {@link LogCodec} says. */
final class FitNode {

    private FitNode() {}

    static ObjectNode write(VocabularyFit fit) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.set("documents", write(fit.documents()));
        node.set("stretch", write(fit.stretch()));
        node.set("before", write(fit.before()));
        node.set("departures", write(fit.departures()));
        node.set("alerts", write(fit.alerts()));
        return node;
    }

    private static ObjectNode write(TextTokens sums) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("texts", sums.texts())
                .put("bytes", sums.bytes())
                .put("tokens", sums.tokens())
                .put("byteTokens", sums.byteTokens())
                .put("unknownTokens", sums.unknownTokens());
    }

    private static ArrayNode write(List<Departure> departures) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        departures.forEach(departure -> array.addObject()
                .put("figure", departure.figure().code())
                .put("value", departure.value())
                .put("mean", departure.mean()));
        return array;
    }

    static VocabularyFit read(Fields fields) {
        return new VocabularyFit(
                sums(fields.object("documents")),
                sums(fields.object("stretch")),
                sums(fields.object("before")),
                departures(fields, "departures"),
                departures(fields, "alerts"));
    }

    private static TextTokens sums(Fields fields) {
        return new TextTokens(
                fields.integer("texts"),
                fields.integer("bytes"),
                fields.integer("tokens"),
                fields.integer("byteTokens"),
                fields.integer("unknownTokens"));
    }

    /** Without figures that only a later version knows. */
    private static List<Departure> departures(Fields fields, String name) {
        return fields
                .list(
                        name,
                        element -> Figure.of(element.text("figure"))
                                .map(figure -> new Departure(figure, element.number("value"), element.number("mean")))
                                .stream()
                                .toList())
                .stream()
                .flatMap(List::stream)
                .toList();
    }
}
