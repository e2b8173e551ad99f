package org.alluvium.ingest.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.alluvium.broker.RegistryServer;
import org.alluvium.contracts.error.UnavailableException;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpSchemaRegistryTest {

    private static final String PAGE = """
            {"type": "record", "name": "Page", "fields": [{"name": "body", "type": "string"}]}""";

    private final RegistryServer server = new RegistryServer();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final HttpSchemaRegistry registry = registry(server.address());

    private HttpSchemaRegistry registry(URI address) {
        InstantSource clock = now::get;
        return new HttpSchemaRegistry(address, HttpClient.newHttpClient(), clock);
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
    void userAndPasswordOfTheAddressGoAlong() throws Exception {
        server.schema(1, PAGE);
        URI address = server.address();

        registry(URI.create("http://reader:secret@" + address.getAuthority())).schema(1);

        assertThat(server.authorization()).isEqualTo("Basic cmVhZGVyOnNlY3JldA==");
    }
}
