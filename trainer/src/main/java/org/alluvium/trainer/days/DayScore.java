package org.alluvium.trainer.days;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What a model lost on the documents of a stratum, or what another lost more.
 *
 * @param tokens that were predicted
 * @param textBytes of their texts
 * @param bitsPerByte bits needed per byte of text
 * @param lossPerToken cross entropy per token, in nats
 */
public record DayScore(int documents, long tokens, long textBytes, Estimate bitsPerByte, Estimate lossPerToken) {

    /** The score of these documents. */
    public static DayScore of(List<DocumentLoss> losses) {
        return new DayScore(
                losses.size(),
                losses.stream().mapToLong(DocumentLoss::tokens).sum(),
                losses.stream().mapToLong(DocumentLoss::textBytes).sum(),
                Estimate.ratio(losses, DocumentLoss::bits, DocumentLoss::textBytes),
                Estimate.ratio(losses, DocumentLoss::lossSum, DocumentLoss::tokens));
    }

    /**
     * The later losses less the earlier ones, document by document: that the same documents are asked about twice makes the error of
     * the difference much smaller than those of the two.
     *
     * @param before losses of the same documents in the same order
     */
    public static DayScore difference(List<DocumentLoss> before, List<DocumentLoss> after) {
        return of(IntStream.range(0, after.size())
                .mapToObj(i -> new DocumentLoss(
                        after.get(i).id(),
                        after.get(i).tokens(),
                        after.get(i).textBytes(),
                        after.get(i).lossSum() - before.get(i).lossSum()))
                .toList());
    }

    /** As members of an event; what is no number is left out. */
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>(figures());
        fields.put("documents", documents);
        fields.put("tokens", tokens);
        fields.put("bytes", textBytes);
        return fields;
    }

    /** The estimates alone. */
    public Map<String, Object> figures() {
        Map<String, Object> fields = new LinkedHashMap<>();
        put(fields, "bitsPerByte", bitsPerByte.value());
        put(fields, "standardError", bitsPerByte.standardError());
        put(fields, "lossPerToken", lossPerToken.value());
        put(fields, "lossStandardError", lossPerToken.standardError());
        return fields;
    }

    private static void put(Map<String, Object> fields, String name, double value) {
        if (Double.isFinite(value)) {
            fields.put(name, value);
        }
    }
}
