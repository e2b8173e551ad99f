package org.alluvium.ingest.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.alluvium.broker.Certificates;
import org.alluvium.broker.RegistryServer;
import org.alluvium.contracts.access.HttpAccess;
import org.alluvium.contracts.config.AccessConfig;
import org.alluvium.contracts.error.UnavailableException;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpSchemaRegistryTest {

    private static final String PAGE = """
            {"type": "record", "name": "Page", "fields": [{"name": "body", "type": "string"}]}""";

    private final RegistryServer server = new RegistryServer();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final HttpSchemaRegistry registry = registry(server.address(), AccessConfig.NONE);

    private HttpSchemaRegistry registry(URI address, AccessConfig access) {
        InstantSource clock = now::get;
        return HttpSchemaRegistry.at(address, new HttpAccess(access, "kafka.registryAccess"), clock);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aSchemaIsAskedForOnce() throws Exception {
        server.schema(7, PAGE);

        Schema first = registry.schema(7);

        assertThat(first).isEqualTo(new Schema.Parser().parse(PAGE));
        assertThat(registry.schema(7)).isSameAs(first);
        assertThat(server.requests()).containsExactly("/schemas/ids/7");
    }

    @Test
    void schemasThatOneRefersToAreFetchedFirst() throws Exception {
        server.answer("/schemas/ids/9", 200, """
                {"schema": "{\\"type\\":\\"record\\",\\"name\\":\\"Site\\",\\"fields\\":[{\\"name\\":\\"first\\",\\"type\\":\\"Page\\"}]}",
                 "references": [{"name": "Page", "subject": "the page", "version": 2}]}""");
        server.answer("/subjects/the+page/versions/2", 200, RegistryServer.answerWith(PAGE));

        assertThat(registry.schema(9).getField("first").schema()).isEqualTo(new Schema.Parser().parse(PAGE));
    }

    @Test
    void anUnknownNumberIsAskedForAgainOnlyAfterAWhile() throws Exception {
        assertThatThrownBy(() -> registry.schema(5)).isInstanceOf(UnknownSchemaException.class);
        assertThatThrownBy(() -> registry.schema(5)).isInstanceOf(UnknownSchemaException.class);
        assertThat(server.requests()).hasSize(1);

        server.schema(5, PAGE);
        now.set(Instant.EPOCH.plus(HttpSchemaRegistry.FORGET_AFTER));

        assertThat(registry.schema(5).getName()).isEqualTo("Page");
    }

    @Test
    void aSchemaOfAnotherKindIsUnknown() {
        server.answer("/schemas/ids/3", 200, "{\"schemaType\": \"PROTOBUF\", \"schema\": \"message M {}\"}");

        assertThatThrownBy(() -> registry.schema(3))
                .isInstanceOf(UnknownSchemaException.class)
                .hasMessageContaining("no Avro schema 3");
    }

    @Test
    void anotherServerAtTheAddressDoesNotMakeSchemasUnknown() {
        server.answer("/schemas/ids/4", 404, "<html>no such page</html>");

        assertThatThrownBy(() -> registry.schema(4))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("kafka.registry");
    }

    @Test
    void aRegistryThatIsDownIsUnavailableUntilItAnswers() throws Exception {
        server.answer("/schemas/ids/6", 503, "{}");
        assertThatThrownBy(() -> registry.schema(6)).isInstanceOf(UnavailableException.class);

        server.schema(6, PAGE);

        assertThat(registry.schema(6).getName()).isEqualTo("Page");
    }

    @Test
    void userAndPasswordAreShownToTheRegistryThatIsConfigured(@TempDir Path folder) throws Exception {
        server.schema(1, PAGE);
        Path password = Files.writeString(folder.resolve("password"), "secret\n");
        AccessConfig access = new AccessConfig(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("reader"),
                Optional.of(password),
                Optional.empty());

        registry(server.address(), access).schema(1);

        assertThat(server.authorization()).isEqualTo("Basic cmVhZGVyOnNlY3JldA==");
    }

    @Test
    void whoIsNotLetInIsToldWhichKeyToSet() {
        server.answer("/schemas/ids/2", 401, "");

        assertThatThrownBy(() -> registry.schema(2))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("kafka.registryAccess");
    }

    @Test
    void aRegistryWhoseCertificateNobodyVouchesForIsAskedNothing(@TempDir Path folder) throws Exception {
        try (RegistryServer secure = new RegistryServer(Certificates.in(folder).issue("registry"))) {
            assertThatThrownBy(
                            () -> registry(secure.address(), AccessConfig.NONE).schema(1))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("kafka.registryAccess.caFile");
            assertThat(secure.requests()).isEmpty();
        }
    }
}
