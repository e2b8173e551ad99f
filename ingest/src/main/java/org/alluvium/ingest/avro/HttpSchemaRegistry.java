package org.alluvium.ingest.avro;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.alluvium.contracts.access.HttpAccess;
import org.alluvium.contracts.error.UnavailableException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * A registry that speaks Confluent's REST interface, with the schemas it has given kept in memory. That a number is unknown
 * is remembered for {@link #FORGET_AFTER}, so that a flood of damaged messages asks little. Thread-safe.
 *
 * @see <a href="https://docs.confluent.io/platform/current/schema-registry/develop/api.html">Schema Registry API</a>
 */
public final class HttpSchemaRegistry implements SchemaRegistry {

    static final Duration FORGET_AFTER = Duration.ofMinutes(1);

    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MAX_UNKNOWN = 1000;

    /** The interface's own code for a number without schema; a bare 404 may come from anything else at that address. */
    private static final int SCHEMA_NOT_FOUND = 40403;

    private static final Set<Integer> REFUSED = Set.of(401, 403);
    private static final String CHECK_ACCESS =
            "Give kafka.registryAccess of the source a user with passwordFile, or a tokenFile";
    private static final String CHECK_TLS =
            "Let kafka.registryAccess.caFile of the source name the authority of its certificate";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String base;
    private final HttpAccess access;
    private final HttpClient client;
    private final InstantSource clock;
    private final Map<Integer, Schema> known = new HashMap<>();
    private final Map<Integer, Instant> unknownSince = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Instant> eldest) {
            return size() > MAX_UNKNOWN;
        }
    };

    /**
     * A registry at an address, asked by a client that trusts and shows what {@code access} says.
     *
     * @param address such as {@code https://registry:8081}
     */
    public static HttpSchemaRegistry at(URI address, HttpAccess access, InstantSource clock) {
        HttpClient.Builder client =
                HttpClient.newBuilder().connectTimeout(CONNECT_PATIENCE).followRedirects(HttpClient.Redirect.NEVER);
        access.tls().ifPresent(client::sslContext);
        return new HttpSchemaRegistry(address, access, client.build(), clock);
    }

    private HttpSchemaRegistry(URI address, HttpAccess access, HttpClient client, InstantSource clock) {
        this.base = address.toString().replaceFirst("/+$", "");
        this.access = access;
        this.client = client;
        this.clock = clock;
    }

    @Override
    public synchronized Schema schema(int id) throws UnknownSchemaException {
        Schema schema = known.get(id);
        if (schema != null) {
            return schema;
        }
        Instant since = unknownSince.get(id);
        if (since != null && clock.instant().isBefore(since.plus(FORGET_AFTER))) {
            throw unknown(id);
        }
        try {
            Schema found = ask(id);
            known.put(id, found);
            return found;
        } catch (UnknownSchemaException notThere) {
            unknownSince.put(id, clock.instant());
            throw notThere;
        }
    }

    private UnknownSchemaException unknown(int id) {
        return new UnknownSchemaException("the registry " + base + " has no Avro schema " + id);
    }

    private Schema ask(int id) throws UnknownSchemaException {
        if (id < 0) {
            throw unknown(id);
        }
        JsonNode answer = get("/schemas/ids/" + id).orElseThrow(() -> unknown(id));
        if (!answer.path("schemaType").asText("AVRO").equals("AVRO")) {
            throw unknown(id);
        }
        try {
            return parse(answer, new Schema.Parser(), new HashSet<>());
        } catch (AvroRuntimeException malformed) {
            throw new UnknownSchemaException(
                    "schema " + id + " of the registry " + base + " is not valid: " + malformed.getMessage());
        }
    }

    /** The schema of an answer, once the schemas it refers to are known to the parser. */
    private Schema parse(JsonNode answer, Schema.Parser parser, Set<String> parsed) {
        for (JsonNode reference : answer.path("references")) {
            String path = "/subjects/"
                    + URLEncoder.encode(reference.path("subject").asText(), StandardCharsets.UTF_8)
                    + "/versions/" + reference.path("version").asInt();
            if (parsed.add(path)) {
                parse(
                        get(path).orElseThrow(() -> unavailable("has no " + path + ", which a schema refers to", null)),
                        parser,
                        parsed);
            }
        }
        return parser.parse(answer.path("schema").asText());
    }

    /** What is at a path, or empty if the registry says that there is no such schema. */
    private Optional<JsonNode> get(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(PATIENCE)
                .header("Accept", "application/vnd.schemaregistry.v1+json, application/json");
        try {
            HttpResponse<String> response = client.send(access.sign(request).build(), BodyHandlers.ofString());
            if (REFUSED.contains(response.statusCode())) {
                throw unavailable("does not let this program in (" + response.statusCode() + ")", CHECK_ACCESS, null);
            }
            JsonNode answer = JSON.readTree(response.body());
            if (response.statusCode() == 200) {
                return Optional.of(answer);
            }
            if (answer.path("error_code").asInt() == SCHEMA_NOT_FOUND) {
                return Optional.empty();
            }
            throw unavailable("answers with status " + response.statusCode() + " to " + path, null);
        } catch (JsonProcessingException notTheInterface) {
            throw unavailable("does not answer " + path + " as a schema registry does", notTheInterface);
        } catch (SSLException e) {
            throw unavailable("makes no secure connection (" + e.getMessage() + ")", CHECK_TLS, e);
        } catch (IOException e) {
            throw unavailable("cannot be reached (" + e + ")", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("was not waited for", e);
        }
    }

    private UnavailableException unavailable(String what, Throwable cause) {
        return unavailable(what, "See that it runs and that kafka.registry of the source is its address", cause);
    }

    private UnavailableException unavailable(String what, String todo, Throwable cause) {
        return new UnavailableException(
                "the schema registry " + what, base, todo + "; records wait until it answers", cause);
    }
}
