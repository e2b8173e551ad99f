package org.alluvium.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/**
 * What a cluster of this machine tells whoever asks it.
 *
 * @param port of the JobManager's REST interface
 * @param firstMetricsPort of those that its processes' reporters take
 */
record ClusterView(int port, int firstMetricsPort) {

    private static final int METRICS_PORTS = 10;

    int lastMetricsPort() {
        return firstMetricsPort + METRICS_PORTS - 1;
    }

    /** The REST interface's answer. */
    String rest(String what) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(request(port, "/v1/" + what), BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(what + answer.body()).isEqualTo(200);
            return answer.body();
        }
    }

    /** What Flink's reporters say in all processes. */
    String metrics() throws InterruptedException {
        StringBuilder all = new StringBuilder();
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (int reporter = firstMetricsPort; reporter <= lastMetricsPort(); reporter++) {
                all.append(answer(client, request(reporter, "/metrics")));
            }
        }
        return all.toString();
    }

    /** Processes take the first ports that are free, so nobody is at the last ones. */
    private static String answer(HttpClient client, HttpRequest request) throws InterruptedException {
        try {
            return client.send(request, BodyHandlers.ofString()).body();
        } catch (IOException nobodyThere) {
            return "";
        }
    }

    private static HttpRequest request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .build();
    }
}
