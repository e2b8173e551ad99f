package org.alluvium.cli.flink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.alluvium.contracts.access.HttpAccess;
import org.alluvium.contracts.config.AccessConfig;
import org.alluvium.contracts.config.ClusterConfig;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.error.UnavailableException;

/**
 * Requests to a JobManager, and its answers as JSON. What stands in the way of an answer (nobody there, a certificate, a
 * password) is an error that says which; an answer that is an error is a {@link RefusedException}. Thread-safe.
 */
final class FlinkHttp implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT = Duration.ofSeconds(10);

    /** A job's main method runs while its submission is waited for, and reads models and lists. */
    private static final Duration ANSWER = Duration.ofMinutes(5);

    private static final int REDIRECTION = 3; // hundreds
    private static final int FIRST_ERROR = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int FIRST_SERVER_ERROR = 500;
    private static final int NOT_READY = 503;
    private static final int TRIES = 5;
    private static final long PAUSE_MILLIS = 500;

    private final URI base;
    private final HttpClient client;
    private final HttpAccess access;

    private FlinkHttp(URI base, HttpClient client, HttpAccess access) {
        this.base = base;
        this.client = client;
        this.access = access;
    }

    /** @throws StorageException if a file of the credentials cannot be read */
    static FlinkHttp to(ClusterConfig cluster) {
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                // Java's client would show the credentials to whomever an answer names.
                .followRedirects(HttpClient.Redirect.NEVER);
        HttpAccess access = new HttpAccess(cluster.access().orElse(AccessConfig.NONE), "cluster.access");
        access.tls().ifPresent(client::sslContext);
        String address = cluster.jobManager();
        return new FlinkHttp(URI.create(address.endsWith("/") ? address : address + "/"), client.build(), access);
    }

    String address() {
        return base.toString();
    }

    /**
     * Asks. A JobManager that is busy with a start gives up on parts of itself and answers 500; it is asked again a few times,
     * since whoever watches an upgrade must not take that for a failure of the job.
     */
    JsonNode get(String path) {
        for (int attempt = 1; ; attempt++) {
            try {
                return send(path, "GET", BodyPublishers.noBody());
            } catch (RefusedException e) {
                if (e.status() < FIRST_SERVER_ERROR || e.jobIsBeingStarted() || attempt == TRIES) {
                    throw e;
                }
                pause();
            }
        }
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private UnavailableException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new UnavailableException("interrupted while it was waited for", address(), "Run the command again", e);
    }

    JsonNode send(String path, String method, JsonNode body) {
        return send(path, method, BodyPublishers.ofString(body.toString()));
    }

    JsonNode send(String path, String method, BodyPublisher body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .method(method, body)
                .build());
    }

    /** Sends a file as the one part of a form. */
    JsonNode upload(String path, String field, Path file) {
        String boundary = "alluvium-" + Long.toHexString(file.hashCode()) + "-part";
        String head = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + field + "\"; filename=\""
                + file.getFileName() + "\"\r\nContent-Type: application/java-archive\r\n\r\n";
        try {
            BodyPublisher body = BodyPublishers.concat(
                    BodyPublishers.ofString(head, StandardCharsets.UTF_8),
                    BodyPublishers.ofFile(file),
                    BodyPublishers.ofString("\r\n--" + boundary + "--\r\n", StandardCharsets.UTF_8));
            return send(request(path)
                    .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                    .POST(body)
                    .build());
        } catch (IOException e) {
            throw new UnavailableException(
                    "there is no job jar",
                    file.toString(),
                    "Build the project (./alluvium --version), or name one with --jar",
                    e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return access.sign(HttpRequest.newBuilder(base.resolve(path)).timeout(ANSWER));
    }

    private JsonNode send(HttpRequest request) {
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return answer(request, response);
        } catch (SSLException e) {
            throw new UnavailableException(
                    "no secure connection: " + e.getMessage(),
                    address(),
                    "Check that the address begins with what is served there (http or https), and cluster.access.caFile and"
                            + " keyStore",
                    e);
        } catch (HttpTimeoutException e) {
            throw new UnavailableException(
                    "the JobManager does not answer in time", address(), "See whether it is overloaded or gone", e);
        } catch (IOException e) {
            throw new UnavailableException(
                    "no JobManager answers",
                    address(),
                    "Start one ('alluvium cluster start'), or name another with --jobmanager or cluster.jobManager",
                    e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private JsonNode answer(HttpRequest request, HttpResponse<String> response) {
        int status = response.statusCode();
        if (status == UNAUTHORIZED || status == FORBIDDEN) {
            throw new UnavailableException(
                    "the JobManager, or what stands before it, does not let this program in (" + status + ")",
                    address(),
                    "Give cluster.access a user with passwordFile, a tokenFile or a keyStore");
        }
        if (status / 100 == REDIRECTION) {
            throw new UnavailableException(
                    "the answer points to another address, " + host(response) + ", which is not followed",
                    address(),
                    "If that is the JobManager's, name it with --jobmanager or cluster.jobManager");
        }
        if (status == NOT_READY) {
            throw new UnavailableException(
                    "the JobManager is not ready", address(), "Wait until it has started, and run the command again");
        }
        if (status >= FIRST_ERROR) {
            throw new RefusedException(
                    status, request.method() + " " + request.uri().getPath(), response.body());
        }
        try {
            return JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new UnavailableException(
                    "what answers is not Flink's REST interface",
                    address(),
                    "Name the address of a JobManager with --jobmanager or cluster.jobManager",
                    e);
        }
    }

    /** Where an answer points to, without what may be secret in it. */
    private static String host(HttpResponse<String> response) {
        return response.headers()
                .firstValue("Location")
                .map(location -> location.replaceFirst("[?#].*", "").replaceFirst("//[^/]*@", "//"))
                .orElse("unnamed");
    }

    @Override
    public void close() {
        client.close();
    }
}
