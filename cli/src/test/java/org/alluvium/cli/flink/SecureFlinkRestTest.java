package org.alluvium.cli.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.alluvium.broker.Certificates;
import org.alluvium.broker.Certificates.Identity;
import org.alluvium.contracts.access.Tls;
import org.alluvium.contracts.config.ClusterConfig;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.error.UnavailableException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A JobManager that is known by a certificate, and that wants to see one. */
class SecureFlinkRestTest {

    private static final String OVERVIEW = "GET /v1/overview";
    private static final String TRUST = "caFile: authority.pem, keyStore: all.p12, keyStorePasswordFile: all.password";

    @TempDir
    static Path folder;

    private static Certificates certificates;
    private static Identity identity;

    @BeforeAll
    static void makeAKeyThatBothSidesHave() throws IOException {
        certificates = Certificates.in(folder);
        identity = certificates.issue("all");
        Files.writeString(folder.resolve("token"), "t0ken\n");
    }

    @Test
    void bothSidesKnowEachOtherByTheFilesThatAreNamed() throws Exception {
        try (FakeJobManager server = secure()) {
            server.answer(OVERVIEW, 200, "{\"flink-version\":\"2.3.0\"}");

            try (FlinkRest rest = FlinkRest.of(config(server, "access: {" + TRUST + "}"))) {
                assertThat(rest.overview().flinkVersion()).isEqualTo("2.3.0");
            }
        }
    }

    @Test
    void aCertificateThatNobodyVouchesForIsRefused() throws Exception {
        try (FakeJobManager server = secure();
                FlinkRest rest = FlinkRest.of(config(server, "access: {tokenFile: token}"))) {
            assertThatThrownBy(rest::overview)
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("no secure connection")
                    .hasMessageContaining("cluster.access.caFile");
            assertThat(server.asked()).isEmpty();
        }
    }

    @Test
    void whoeverIsPointedToDoesNotLearnWhoAsks() throws Exception {
        try (FakeJobManager server = secure();
                FakeJobManager other = FakeJobManager.start()) {
            server.redirect(OVERVIEW, other.address() + "/v1/overview?secret");
            try (FlinkRest rest = FlinkRest.of(config(server, "access: {tokenFile: token, " + TRUST + "}"))) {
                assertThatThrownBy(rest::overview)
                        .isInstanceOf(UnavailableException.class)
                        .hasMessageContaining(other.address())
                        .hasMessageNotContaining("secret")
                        .hasMessageContaining("cluster.jobManager");
            }
            assertThat(server.asked())
                    .extracting(FakeJobManager.Asked::authorization)
                    .containsExactly("Bearer t0ken");
            assertThat(other.asked()).isEmpty();
        }
    }

    private static FakeJobManager secure() throws IOException {
        return FakeJobManager.startSecure(Tls.context(
                Optional.of(certificates.authority()),
                Optional.of(identity.keyStore()),
                Optional.of(identity.password()),
                "test"));
    }

    private static ClusterConfig config(FakeJobManager server, String further) {
        return ConfigLoader.parse(
                        "cluster:\n  jobManager: " + server.address() + "\n  " + further + "\n",
                        "test",
                        folder,
                        List.of())
                .cluster();
    }
}
