package org.alluvium.contracts.store.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.alluvium.broker.S3Server;
import org.alluvium.contracts.config.Location;
import org.alluvium.contracts.config.S3Config;
import org.alluvium.contracts.error.ObjectStoreException;
import org.alluvium.contracts.store.ObjectStore;
import org.alluvium.contracts.store.StoredObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Against a server in a process of its own that answers as it should. */
class S3ObjectStoreIT {

    @TempDir
    static Path folder;

    private static S3Server server;
    private static S3Config config;

    private ObjectStore store;

    @BeforeAll
    static void startServer() throws IOException {
        server = S3Server.start(folder, "bucket");
        Path secret = Files.writeString(folder.resolve("secret"), S3Server.SECRET_KEY + "\n");
        config = new S3Config(
                Optional.of(server.endpoint()),
                "us-east-1",
                true,
                Optional.of(S3Server.ACCESS_KEY),
                Optional.of(secret),
                Optional.empty());
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void open(TestInfo test) {
        String prefix = test.getTestMethod().orElseThrow().getName();
        store = ObjectStores.open(Location.parse(server.uri(prefix), folder), config);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void whatIsCreatedIsReadAndStays() throws IOException {
        assertThat(store.read("log/0")).isEmpty();
        assertThat(store.createExclusively("log/0", "first".getBytes(UTF_8))).isTrue();
        assertThat(store.createExclusively("log/0", "second".getBytes(UTF_8))).isFalse();
        assertThat(store.createExclusively("log/0", "first".getBytes(UTF_8))).isFalse();

        assertThat(store.read("log/0").map(bytes -> new String(bytes, UTF_8))).contains("first");
        store.delete("log/0");
        store.delete("log/0");
        assertThat(store.read("log/0")).isEmpty();
    }

    @Test
    void listingsAreInOrderAndBeginWhereTheyAreTold() throws IOException {
        for (String key : List.of("log/2", "log/0", "other/1", "log/1")) {
            store.createExclusively(key, key.getBytes(UTF_8));
        }

        assertThat(store.list("log/", Optional.empty())).containsExactly("log/0", "log/1", "log/2");
        assertThat(store.list("log/", Optional.of("log/0"))).containsExactly("log/1", "log/2");
        assertThat(store.describe("other/")).singleElement().satisfies(object -> {
            assertThat(object.key()).isEqualTo("other/1");
            assertThat(object.bytes()).isEqualTo("other/1".length());
            assertThat(object.changed()).isAfter(Instant.now().minus(Duration.ofHours(1)));
        });
    }

    @Test
    void aLargeFileIsUploadedInPartsAndReadBack() throws IOException {
        byte[] content = new byte[(int) S3ObjectStore.PART_BYTES + 12_345];
        new Random(7).nextBytes(content);
        Path file = Files.write(folder.resolve("large"), content);

        store.upload(file, "shards/large.parquet");

        try (InputStream in = store.open("shards/large.parquet")) {
            assertThat(in.readAllBytes()).isEqualTo(content);
        }
        assertThat(store.describe("shards/")).extracting(StoredObject::bytes).containsExactly((long) content.length);
        assertThat(store.sweep("shards/", Instant.now().plus(Duration.ofHours(1))))
                .isZero();
    }

    @Test
    void aBucketThatIsNotThereIsAnErrorThatSaysSo() {
        try (ObjectStore nowhere = ObjectStores.open(Location.parse("s3://nobody/corpus", folder), config)) {
            assertThatThrownBy(() -> nowhere.createExclusively("log/0", new byte[1]))
                    .isInstanceOf(ObjectStoreException.class)
                    .hasMessageContaining("s3://nobody/corpus/log/0")
                    .hasMessageContaining("NoSuchBucket");
            assertThatThrownBy(() -> nowhere.list("log/", Optional.empty())).isInstanceOf(ObjectStoreException.class);
        }
    }
}
