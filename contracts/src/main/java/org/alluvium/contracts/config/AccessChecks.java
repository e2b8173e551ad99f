package org.alluvium.contracts.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.alluvium.contracts.config.CrossChecks.Report;

/** Whether what is shown to servers is complete, and no secret stands where others read it. */
final class AccessChecks {

    /** What {@code kafka.access} decides. */
    private static final List<String> DECIDED =
            List.of("security.protocol", "sasl.", "ssl.truststore.", "ssl.keystore.", "ssl.key.", "ssl.engine.");

    private AccessChecks() {}

    /** An access group of HTTP. */
    static void http(AccessConfig access, String key, Report report) {
        user(access.user(), access.passwordFile(), key, report);
        keyStore(access.keyStore(), access.keyStorePasswordFile(), key, report);
        if (access.tokenFile().isPresent() && access.user().isPresent()) {
            report.problem(key + ".tokenFile", "is given beside a user", "one of the two");
        }
    }

    /** What a source says of its brokers and registry. */
    static void kafka(KafkaConfig kafka, String key, Report report) {
        kafka.registryAccess().ifPresent(access -> {
            http(access, key + ".registryAccess", report);
            if (kafka.registry().isEmpty()) {
                report.problem(key + ".registryAccess", "is given without registry", "both, or neither");
            }
        });
        kafka.access().ifPresent(access -> {
            brokers(access, key + ".access", report);
            kafka.properties().keySet().stream()
                    .filter(name -> DECIDED.stream().anyMatch(name::startsWith))
                    .forEach(name -> report.problem(
                            key + ".properties." + name,
                            "is given beside kafka.access, which decides it",
                            "one of the two"));
        });
    }

    private static void brokers(KafkaAccessConfig access, String key, Report report) {
        user(access.user(), access.passwordFile(), key, report);
        keyStore(access.keyStore(), access.keyStorePasswordFile(), key, report);
        if (!access.tls() && (access.caFile().isPresent() || access.keyStore().isPresent())) {
            report.problem(key + ".tls", "is false beside caFile or keyStore", "true");
        }
        if (!access.tls() && access.mechanism() == KafkaAccessConfig.Mechanism.PLAIN) {
            report.problem(key + ".mechanism", "is plain, and anybody on the way could read the password", "tls: true");
        }
    }

    private static void user(Optional<String> user, Optional<Path> passwordFile, String key, Report report) {
        if (user.isPresent() != passwordFile.isPresent()) {
            report.problem(
                    key + (user.isPresent() ? ".user" : ".passwordFile"),
                    "is given alone",
                    "both of user and passwordFile, or neither");
        }
    }

    private static void keyStore(Optional<Path> keyStore, Optional<Path> passwordFile, String key, Report report) {
        if (keyStore.isPresent() != passwordFile.isPresent()) {
            report.problem(
                    key + (keyStore.isPresent() ? ".keyStore" : ".keyStorePasswordFile"),
                    "is given alone",
                    "both of keyStore and keyStorePasswordFile, or neither");
        }
    }

    /**
     * Reports an address that is none, or that holds a user or a password.
     *
     * @param access where those belong
     */
    static void address(String address, String key, String access, String example, Report report) {
        Optional<URI> uri = parsed(address);
        if (uri.map(URI::getRawUserInfo).isPresent()) {
            report.problem(key, "holds a user, and perhaps a password, which others would see", access);
        } else if (uri.filter(AccessChecks::isHttp).isEmpty()) {
            report.problem(
                    key,
                    address.contains("@") ? "is no address" : "is '" + address + "'",
                    "an address such as " + example);
        }
    }

    private static Optional<URI> parsed(String address) {
        try {
            return Optional.of(new URI(address));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static boolean isHttp(URI uri) {
        return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                && uri.getHost() != null
                && uri.getQuery() == null;
    }
}
