package org.alluvium.bench.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;

/**
 * A browser that watches a run of {@link SyntheticSteps}, goes to sleep now and then, and comes back. It checks that what it hears
 * never goes back, that after a sleep it is told at once of no less than anybody had heard, and that every step since the
 * last time is then there with its loss. It ends when it has heard of all that was written.
 */
final class Listener implements Callable<Listener.Heard> {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String DATA = "data: ";
    private static final int MOST_POINTS = 8_192;

    private final HttpClient client;
    private final URI address;
    private final Tally tally;
    private final Habit habit;

    private long known;
    private long compared;
    private Heard heard = new Heard(0, 0, 0);

    /**
     * When it sleeps.
     *
     * @param states that it hears before it does
     * @param events that are written meanwhile
     */
    record Habit(int states, int events) {}

    /**
     * What it heard.
     *
     * @param states it was told
     * @param sleeps after which it came back
     * @param steps whose losses it compared
     */
    record Heard(long states, long sleeps, long steps) {

        Heard and(Heard other) {
            return new Heard(states + other.states, sleeps + other.sleeps, steps + other.steps);
        }
    }

    Listener(HttpClient client, URI address, Tally tally, Habit habit) {
        this.client = client;
        this.address = address;
        this.tally = tally;
        this.habit = habit;
    }

    /**
     * Listens.
     *
     * @throws IllegalStateException as soon as something is missed
     */
    @Override
    public Heard call() throws IOException, InterruptedException {
        while (!tally.isAll(known)) {
            listen();
            compare();
            tally.awaitWritten(known + habit.events());
        }
        return heard;
    }

    private void listen() throws IOException, InterruptedException {
        long atLeast = tally.heard();
        HttpResponse<InputStream> response =
                client.send(request("api/live"), HttpResponse.BodyHandlers.ofInputStream());
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            int states = 0;
            while (states < habit.states() && !tally.isAll(known)) {
                String line = lines.readLine();
                require(line != null, "the connection has ended");
                if (line.startsWith(DATA)) {
                    hear(
                            JSON.readTree(line.substring(DATA.length()))
                                    .path("revision")
                                    .asLong(),
                            atLeast);
                    states++;
                }
            }
        }
        heard = heard.and(new Heard(0, 1, 0));
    }

    private void hear(long revision, long atLeast) {
        require(revision >= known, "after " + known + " events came a state of " + revision);
        require(revision >= atLeast, "others had heard of " + atLeast + " events, and a new state is of " + revision);
        known = revision;
        tally.heardOf(revision);
        heard = heard.and(new Heard(1, 0, 0));
    }

    /** Compares every step since the last time. */
    private void compare() throws IOException, InterruptedException {
        String question = "api/points?name=step/loss&points=" + MOST_POINTS + "&from=" + (compared + 1);
        JsonNode answer = JSON.readTree(client.send(request(question), HttpResponse.BodyHandlers.ofString())
                .body());
        require(answer.path("revision").asLong() >= known, "an answer is older than what was heard");
        JsonNode points = answer.path("series").path("step/loss");
        for (int i = 0; i < points.path("x").size(); i++) {
            long step = compared + 1;
            require(points.path("x").get(i).asLong() == step, "step " + step + " is missing");
            require(points.path("value").get(i).asDouble() == SyntheticSteps.loss(step), "step " + step + " is wrong");
            compared = step;
            heard = heard.and(new Heard(0, 0, 1));
        }
        require(compared >= known, "steps after " + compared + " are missing");
    }

    private HttpRequest request(String question) {
        return HttpRequest.newBuilder(address.resolve(question)).build();
    }

    private static void require(boolean condition, String problem) {
        if (!condition) {
            throw new IllegalStateException(problem);
        }
    }
}
