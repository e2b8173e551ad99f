package org.alluvium.ingest.mail;

/**
 * Flowed text (RFC 3676): a line that ends with a blank goes on in the next one, as long as both are quoted as deeply. A
 * blank that a sender put before a line to protect it is taken away.
 */
final class FlowedText {

    private static final String SIGNATURE = "-- ";

    private FlowedText() {}

    /**
     * The text with its lines joined.
     *
     * @param deleteSpace whether the blank at the end of a line is not part of the text
     */
    static String join(String text, boolean deleteSpace) {
        StringBuilder out = new StringBuilder(text.length());
        int flowingDepth = -1; // of the line that goes on, if one does
        for (String line : text.lines().toList()) {
            int depth = quoteDepth(line);
            String content = line.substring(depth);
            content = content.startsWith(" ") ? content.substring(1) : content;
            boolean signature = content.equals(SIGNATURE);
            if (flowingDepth != depth || signature) {
                if (!out.isEmpty()) {
                    out.append('\n');
                }
                out.append(">".repeat(depth)).append(depth > 0 ? " " : "");
            }
            boolean flows = content.endsWith(" ") && !signature;
            out.append(content, 0, flows && deleteSpace ? content.length() - 1 : content.length());
            flowingDepth = flows ? depth : -1;
        }
        return out.append('\n').toString();
    }

    private static int quoteDepth(String line) {
        int depth = 0;
        while (depth < line.length() && line.charAt(depth) == '>') {
            depth++;
        }
        return depth;
    }
}
