package org.alluvium.ingest.reject;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.contracts.document.Document;
import org.alluvium.ingest.filter.Decision;
import org.alluvium.ingest.filter.Finding;
import org.alluvium.ingest.filter.Judgement;

/**
 * A document that a filter dropped, and why.
 *
 * @param hash of the text as it came to that filter
 * @param document with as much of that text as is kept: the beginning where it is long, nothing where nothing is kept
 * @param length of the whole text in code points
 * @param filter name of the filter
 * @param reason name of the rule that failed
 * @param detail what failed, for a person; may be empty
 * @param findings what was measured, up to and with the rule that failed
 */
public record Reject(
        ContentHash hash,
        Document document,
        long length,
        String filter,
        String reason,
        String detail,
        List<Finding> findings) {

    /** Most UTF-16 units that are kept of a text: all of nearly every document. */
    public static final int EXCERPT_CHARS = 32 * 1024;

    public Reject {
        Objects.requireNonNull(hash, "hash");
        Objects.requireNonNull(document, "document");
        findings = List.copyOf(findings);
    }

    /** What is kept of a rejected document. */
    public static Reject of(ContentHash hash, Judgement.Rejected judgement) {
        Document document = judgement.subject().document();
        String text = document.text();
        Decision.Drop drop = judgement.drop();
        return new Reject(
                hash,
                document.withText(excerpt(text)),
                text.codePointCount(0, text.length()),
                judgement.filter(),
                drop.reason(),
                drop.detail(),
                drop.findings());
    }

    private static String excerpt(String text) {
        if (text.length() <= EXCERPT_CHARS) {
            return text;
        }
        boolean splitsPair = Character.isHighSurrogate(text.charAt(EXCERPT_CHARS - 1));
        return text.substring(0, splitsPair ? EXCERPT_CHARS - 1 : EXCERPT_CHARS);
    }

    /** The same without what only a person would look at: text, attributes, detail and findings. */
    public Reject bare() {
        Document name = new Document(
                document.id(),
                document.source(),
                document.origin(),
                document.url(),
                "",
                document.eventTimeMillis(),
                document.language(),
                Map.of());
        return new Reject(hash, name, length, filter, reason, "", List.of());
    }

    /** The reason as counts name it. */
    public String cause() {
        return filter + '.' + reason;
    }

    /** Whether the whole text is kept, so that the document can be judged again. */
    public boolean isWhole() {
        String kept = document.text();
        return kept.codePointCount(0, kept.length()) == length;
    }
}
