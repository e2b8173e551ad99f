package org.alluvium.dashboard.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Sends alerts to a URL, each as the JSON object of its members in a POST: {@code run}, {@code level}, {@code type},
 * {@code step}, {@code tokens}, {@code time}, {@code message}; of a rule also {@code rule}, {@code series} and
 * {@code value}. Any status from 200 to 299 is taken for received. What is not received is sent again twice; whoever tells
 * never waits. Of the URL, which may hold a secret, only the host is ever named. Thread-safe.
 */
final class Webhook implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int ATTEMPTS = 3;
    private static final int MOST_WAITING = 100;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final URI address;
    private final InstantSource clock;
    private final Duration pause;
    private final Semaphore room = new Semaphore(MOST_WAITING);
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("webhook").daemon().factory());

    private volatile String problem = "";

    Webhook(URI address, InstantSource clock) {
        this(address, clock, Duration.ofSeconds(5));
    }

    /**
     * A webhook.
     *
     * @param pause before something is sent again
     */
    Webhook(URI address, InstantSource clock, Duration pause) {
        this.address = address;
        this.clock = clock;
        this.pause = pause;
    }

    /** Sends an alert soon; it is dropped if too many wait. */
    void tell(Map<String, Object> alert) {
        if (room.tryAcquire()) {
            String json = json(alert);
            sender.execute(() -> send(json, 1));
        } else {
            problem = sentence("more than " + MOST_WAITING + " alerts wait for it");
        }
    }

    private static String json(Map<String, Object> alert) {
        try {
            return JSON.writeValueAsString(alert);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("an alert that JSON does not know", e);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it ends with the executor, and says itself what fails
    private void send(String json, int attempt) {
        Optional<String> failure = post(json);
        if (failure.isPresent() && attempt < ATTEMPTS) {
            sender.schedule(() -> send(json, attempt + 1), pause.toMillis(), TimeUnit.MILLISECONDS);
            return;
        }
        problem = failure.map(this::sentence).orElse("");
        room.release();
    }

    private Optional<String> post(String json) {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        try {
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return status / 100 == 2 ? Optional.empty() : Optional.of("it answered " + status);
        } catch (HttpTimeoutException e) {
            return Optional.of("it did not answer in time");
        } catch (IOException e) {
            return Optional.of("it cannot be reached");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("the dashboard was stopped");
        }
    }

    private String sentence(String failure) {
        return "The webhook at " + address.getHost() + " was not told of an alert at " + clock.instant() + ": "
                + failure + ".";
    }

    /** What went wrong the last time, in a sentence; empty if nothing did. */
    Optional<String> problem() {
        return Optional.of(problem).filter(text -> !text.isEmpty());
    }

    /** Waits until everything that was told has been received or given up, for tests. */
    void awaitIdle() throws InterruptedException {
        room.acquire(MOST_WAITING);
        room.release(MOST_WAITING);
    }

    @Override
    public void close() {
        sender.shutdownNow();
        client.shutdownNow();
    }
}
