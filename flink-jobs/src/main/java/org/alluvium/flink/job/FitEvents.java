package org.alluvium.flink.job;

import java.util.LinkedHashMap;
import java.util.Map;
import org.alluvium.contracts.log.TextTokens;
import org.alluvium.contracts.log.VocabularyFit;
import org.alluvium.contracts.log.VocabularyFit.Departure;

/** How well the vocabulary fits, as the fields of events. Their members {@code sequence} and {@code figure} name them in the file. */
final class FitEvents {

    static final String SEQUENCE = "sequence";
    static final String FIGURE = "figure";

    private FitEvents() {}

    /** Of the commit that ended a stretch: the sums of all that was judged so far, and what is out of its band. */
    static Map<String, Object> judged(long sequence, VocabularyFit fit) {
        TextTokens documents = fit.documents();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(SEQUENCE, sequence);
        fields.put("texts", documents.texts());
        fields.put("bytes", documents.bytes());
        fields.put("tokens", documents.tokens());
        fields.put("byteTokens", documents.byteTokens());
        fields.put("unknownTokens", documents.unknownTokens());
        fields.put("bytesPerToken", documents.bytesPerToken());
        fields.put("fallbackRate", documents.fallbackRate());
        fields.put(
                "departures", fit.departures().stream().map(FitEvents::fields).toList());
        return fields;
    }

    /** A figure has left its band. */
    static Map<String, Object> alert(long sequence, Departure departure) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("what", "vocabulary");
        fields.put(SEQUENCE, sequence);
        fields.putAll(fields(departure));
        fields.put("message", departure.message());
        return fields;
    }

    private static Map<String, Object> fields(Departure departure) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(FIGURE, departure.figure().code());
        fields.put("value", departure.value());
        fields.put("mean", departure.mean());
        return fields;
    }
}
