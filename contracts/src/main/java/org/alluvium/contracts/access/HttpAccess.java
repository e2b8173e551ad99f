package org.alluvium.contracts.access;

import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.alluvium.contracts.config.AccessConfig;

/**
 * What a client of an HTTP interface shows and whom it trusts. A token or password is read for each request, so that one that is
 * replaced is taken up; keys and authorities once. Thread-safe.
 *
 * @param config names the files
 * @param key of that group of the configuration, for errors
 */
public record HttpAccess(AccessConfig config, String key) {

    /** Puts who asks into a request, if the server is to know. */
    public HttpRequest.Builder sign(HttpRequest.Builder request) {
        authorization().ifPresent(value -> request.setHeader("Authorization", value));
        return request;
    }

    private Optional<String> authorization() {
        if (config.tokenFile().isPresent()) {
            return config.tokenFile()
                    .map(file ->
                            "Bearer " + Secret.read(file, key + ".tokenFile").value());
        }
        return config.user().map(user -> {
            String password = config.passwordFile()
                    .map(file -> Secret.read(file, key + ".passwordFile").value())
                    .orElse("");
            String pair = user + ":" + password;
            return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        });
    }

    /** Empty if Java's own certificates do. */
    public Optional<SSLContext> tls() {
        return config.caFile().isEmpty() && config.keyStore().isEmpty()
                ? Optional.empty()
                : Optional.of(Tls.context(config.caFile(), config.keyStore(), config.keyStorePasswordFile(), key));
    }
}
