package org.alluvium.cli.flink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** The JobManager's answer was an error. Whoever asked knows what it means. */
public final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What stands before a stack trace, and says no more than that there is one. */
    private static final Pattern HEAD = Pattern.compile("Internal server error\\.|<Exception on server side:|");

    /** Wrappers that say nothing, and the name of the class before what it says. */
    private static final Pattern CLASS = Pattern.compile("^(Caused by: )?([\\w.$]+(Exception|Error|Throwable): ?)+");

    private final int status;
    private final String reason;

    RefusedException(int status, String request, String body) {
        super(request + " was answered " + status + ": " + reason(body));
        this.status = status;
        this.reason = reason(body);
    }

    /** Of HTTP. */
    public int status() {
        return status;
    }

    /** Why, in one line: what the innermost cause says. */
    public String reason() {
        return reason;
    }

    /**
     * Whether what was asked for is with the job's own master, which there is none of yet. Flink answers this as an error of
     * the server, and only its text tells it from others.
     */
    boolean jobIsBeingStarted() {
        return reason.contains("JobMasterGateway for initializing job");
    }

    private static String reason(String body) {
        try {
            JsonNode errors = JSON.readTree(body).path("errors");
            List<String> texts = StreamSupport.stream(errors.spliterator(), false)
                    .map(JsonNode::asText)
                    .toList();
            return innermost(String.join("\n", texts));
        } catch (JsonProcessingException notJson) {
            return body.lines().findFirst().orElse("nothing");
        }
    }

    /** What the last cause in stack traces says, with no stack. */
    public static String innermost(String trace) {
        List<String> lines = trace.lines().map(String::strip).toList();
        String first = lines.stream()
                .filter(line -> !HEAD.matcher(line).matches())
                .findFirst()
                .orElse("nothing");
        String last = lines.stream()
                .filter(line -> line.startsWith("Caused by: "))
                .reduce((before, after) -> after)
                .orElse(first);
        String said = CLASS.matcher(last).replaceFirst("").strip();
        return said.isEmpty() ? last : said;
    }
}
