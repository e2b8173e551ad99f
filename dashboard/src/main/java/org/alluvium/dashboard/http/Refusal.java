package org.alluvium.dashboard.http;

/** A request that is answered with a status other than 200, and one sentence that says why. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    private Refusal(int status, String message) {
        super(message);
        this.status = status;
    }

    static Refusal badRequest(String message) {
        return new Refusal(400, message);
    }

    static Refusal notFound(String message) {
        return new Refusal(404, message);
    }

    static Refusal gone(String message) {
        return new Refusal(410, message);
    }

    int status() {
        return status;
    }
}
