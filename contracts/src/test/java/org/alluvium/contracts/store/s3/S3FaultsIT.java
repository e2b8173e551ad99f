package org.alluvium.contracts.store.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.alluvium.broker.Certificates;
import org.alluvium.broker.FaultProxy;
import org.alluvium.broker.FaultProxy.Fault;
import org.alluvium.broker.S3Server;
import org.alluvium.contracts.config.S3Config;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.ObjectStoreException;
import org.alluvium.contracts.store.ObjectCache;
import org.alluvium.contracts.store.Sha256;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a real server behind a network that loses, cuts and delays. */
class S3FaultsIT {

    /** Long enough for a server on a loaded machine, short enough for a test that waits it out. */
    private static final Patience SHORT = new Patience(
            Duration.ofSeconds(10),
            Duration.ofSeconds(3),
            Duration.ofSeconds(30),
            12,
            Duration.ofMillis(2),
            Duration.ofMillis(50));

    /** All that do not take the client's patience to be over. */
    private static final Fault[] QUICK = {
        Fault.ERROR_BEFORE,
        Fault.ERROR_AFTER,
        Fault.SLOW_DOWN,
        Fault.RESET_BEFORE,
        Fault.RESET_AFTER,
        Fault.CUT,
        Fault.TRICKLE
    };

    @TempDir
    static Path folder;

    private static S3Server server;
    private static Certificates certificates;
    private static FaultProxy network;
    private static S3ObjectStore store;

    @BeforeAll
    static void start() throws IOException {
        server = S3Server.start(folder.resolve("s3"), "bucket");
        certificates = Certificates.in(folder.resolve("certificates"));
        network = new FaultProxy(server.endpoint(), certificates.issue("network"));
        store = open(SHORT);
    }

    private static S3ObjectStore open(Patience patience) throws IOException {
        return open(patience, Optional.of(certificates.authority()));
    }

    private static S3ObjectStore open(Patience patience, Optional<Path> caFile) throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), S3Server.SECRET_KEY);
        S3Config config = new S3Config(
                Optional.of(network.endpoint()),
                "us-east-1",
                true,
                Optional.of(S3Server.ACCESS_KEY),
                Optional.of(secret),
                caFile);
        return new S3ObjectStore(S3Clients.open(config, patience), "bucket", "corpus/");
    }

    @AfterAll
    static void stop() {
        store.close();
        network.close();
        server.close();
    }

    @BeforeEach
    void heal() {
        network.inject(request -> Fault.NONE);
    }

    @Test
    void aServiceWhoseCertificateNobodyVouchesForIsToldNothing() throws IOException {
        int before = network.requests();
        try (S3ObjectStore trusting = open(SHORT, Optional.empty())) {
            assertThatThrownBy(() -> trusting.read("log/0"))
                    .isInstanceOf(ObjectStoreException.class)
                    .hasMessageContaining("there is no secure connection")
                    .extracting(error -> ((ObjectStoreException) error).todo())
                    .asString()
                    .contains("s3.caFile");
        }
        assertThat(network.requests()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void whateverHappensToItsFirstRequestACreationIsOurs(Fault fault) throws IOException {
        String key = "log/ours-" + fault;
        faultOnce(fault);
        assertThat(store.createExclusively(key, bytes("content"))).isTrue();
        assertThat(store.read(key)).contains(bytes("content"));
    }

    @ParameterizedTest
    @EnumSource
    void whateverHappensToItsFirstRequestACreationIsNotOursWhereAnotherWas(Fault fault) throws IOException {
        String key = "log/theirs-" + fault;
        assertThat(store.createExclusively(key, bytes("same"))).isTrue();
        faultOnce(fault);
        assertThat(store.createExclusively(key, bytes("same"))).isFalse();
    }

    @Test
    void whatIsSentAndRepeatedAndRefusedIsCounted() throws IOException {
        StoreTraffic.Counts puts = StoreTraffic.OF_PROCESS.of("PutObject");
        StoreTraffic.Counts gets = StoreTraffic.OF_PROCESS.of("GetObject");
        long sent = puts.sentBytes.sum();
        long requests = puts.requests.sum();
        long repetitions = puts.repetitions.sum();
        long operations = gets.operations.sum();
        long received = gets.receivedBytes.sum();
        long errors = gets.errors.sum();
        faultOnce(Fault.ERROR_BEFORE);

        store.createExclusively("log/counted", bytes("content"));
        store.read("log/counted");
        store.read("log/of-nobody");

        assertThat(puts.requests.sum() - requests).isEqualTo(2);
        assertThat(puts.repetitions.sum() - repetitions).isEqualTo(1);
        assertThat(puts.sentBytes.sum() - sent).isEqualTo(2 * 7);
        assertThat(gets.operations.sum() - operations).isEqualTo(2);
        assertThat(gets.receivedBytes.sum() - received).isGreaterThanOrEqualTo(7);
        assertThat(gets.errors.sum()).as("that nothing is there is an answer").isEqualTo(errors);
    }

    private static void faultOnce(Fault fault) {
        AtomicBoolean done = new AtomicBoolean();
        network.inject(request -> request.conditional() && done.compareAndSet(false, true) ? fault : Fault.NONE);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void ofWritersThatRaceForASequenceOneIsToldThatItWon(long seed) throws Exception {
        network.injectAtRandom(seed, 4, QUICK);
        ExecutorService writers = Executors.newFixedThreadPool(3);
        try {
            for (int sequence = 0; sequence < 15; sequence++) {
                String key = "race-" + seed + "/" + sequence;
                List<Future<Boolean>> attempts = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    attempts.add(writers.submit(() -> store.createExclusively(key, bytes("same"))));
                }
                List<Boolean> won = new ArrayList<>();
                for (Future<Boolean> attempt : attempts) {
                    won.add(attempt.get());
                }
                assertThat(Collections.frequency(won, true)).as(key).isEqualTo(1);
            }
        } finally {
            writers.shutdown();
        }
    }

    @Test
    void largeFilesArriveWholeAndAreReadBackWhole() throws IOException {
        byte[] content = new byte[(int) (S3ObjectStore.PART_BYTES + (2 << 20))];
        new Random(5).nextBytes(content);
        Path file = Files.write(folder.resolve("large.parquet"), content);
        String sha256 = Sha256.of(content);
        network.injectAtRandom(5, 3, Fault.ERROR_BEFORE, Fault.ERROR_AFTER, Fault.RESET_AFTER, Fault.CUT);

        store.upload(file, "shards/large.parquet");
        ObjectCache cache = new ObjectCache(store, folder.resolve("cache"), 1 << 30, InstantSource.system());
        Path copy = cache.get("shards/large.parquet", content.length, sha256);

        assertThat(Files.mismatch(copy, file)).isEqualTo(-1);
        int requests = network.requests();
        assertThat(cache.get("shards/large.parquet", content.length, sha256)).isEqualTo(copy);
        assertThat(network.requests()).isEqualTo(requests);
    }

    @Test
    void anUploadThatFailsLeavesNothingOrIsSwept() throws IOException {
        Path file = Files.write(folder.resolve("failing"), new byte[(int) S3ObjectStore.PART_BYTES + 1]);
        network.inject(
                request -> request.method().equals("POST") && request.target().endsWith("?uploads")
                        ? Fault.NONE
                        : Fault.ERROR_BEFORE);
        assertThatThrownBy(() -> store.upload(file, "orphans/failing")).isInstanceOf(ObjectStoreException.class);
        heal();

        assertThat(store.list("orphans/", Optional.empty())).isEmpty();
        assertThat(store.sweep("orphans/", Instant.now().plusSeconds(3600))).isEqualTo(1);
        assertThat(store.sweep("orphans/", Instant.now().plusSeconds(3600))).isZero();
    }

    @Test
    void aServiceThatIsDownForLongIsAnErrorThatMayPass() {
        network.inject(request -> Fault.SLOW_DOWN);
        assertThatThrownBy(() -> store.createExclusively("log/down", bytes("content")))
                .isInstanceOf(ObjectStoreException.class)
                .hasMessageContaining("s3://bucket/corpus/log/down")
                .matches(ObjectStoreException::mayPass);
    }

    @Test
    void aCopyThatIsNotWhatTheLogSaysIsRefused() throws IOException {
        store.createExclusively("shards/other", bytes("something else"));
        ObjectCache cache = new ObjectCache(store, folder.resolve("refusing"), 1 << 20, InstantSource.system());

        assertThatThrownBy(() -> cache.get("shards/other", 14, Sha256.of(bytes("something here"))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("s3://bucket/corpus/shards/other");
        assertThat(folder.resolve("refusing")).isEmptyDirectory();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
