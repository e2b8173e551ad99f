package org.alluvium.contracts.config;

import java.net.URI;
import java.net.URISyntaxException;
import org.alluvium.contracts.config.CrossChecks.Report;

/** Whether the JobManager can be reached as the configuration says. */
final class ClusterChecks {

    private ClusterChecks() {}

    static void run(ClusterConfig cluster, Report report) {
        if (!isAddress(cluster.jobManager())) {
            report.problem(
                    "cluster.jobManager",
                    "is '" + cluster.jobManager() + "'",
                    "an address such as http://localhost:8081");
        }
        cluster.access().ifPresent(access -> access(access, report));
    }

    private static void access(ClusterAccessConfig access, Report report) {
        if (access.user().isPresent() != access.passwordFile().isPresent()) {
            report.problem(
                    access.user().isPresent() ? "cluster.access.user" : "cluster.access.passwordFile",
                    "is given alone",
                    "both of user and passwordFile, or neither");
        }
        if (access.tokenFile().isPresent() && access.user().isPresent()) {
            report.problem("cluster.access.tokenFile", "is given beside a user", "one of the two");
        }
        if (access.keyStore().isPresent() != access.keyStorePasswordFile().isPresent()) {
            report.problem(
                    access.keyStore().isPresent() ? "cluster.access.keyStore" : "cluster.access.keyStorePasswordFile",
                    "is given alone",
                    "both of keyStore and keyStorePasswordFile, or neither");
        }
    }

    private static boolean isAddress(String text) {
        try {
            URI uri = new URI(text);
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getQuery() == null
                    && uri.getUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
