package org.alluvium.gateway.http;

import java.nio.charset.StandardCharsets;

/** A request that goes no further. */
final class RefusedRequestException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Answer answer;

    RefusedRequestException(Answer answer) {
        super(answer.status() + " " + new String(answer.body(), StandardCharsets.UTF_8), null, false, false);
        this.answer = answer;
    }

    Answer answer() {
        return answer;
    }
}
