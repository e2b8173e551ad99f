package org.alluvium.contracts.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.StorageException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectCacheTest {

    private static final int BYTES = 1000;

    @TempDir
    Path folder;

    private LocalObjectStore store;
    private Path copies;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @BeforeEach
    void create() throws IOException {
        store = new LocalObjectStore(Files.createDirectories(folder.resolve("store")));
        copies = folder.resolve("copies");
    }

    private ObjectCache cache() {
        return new ObjectCache(store, copies, 3 * BYTES, () -> now);
    }

    private byte[] object(int number) throws IOException {
        byte[] content =
                String.valueOf(number).repeat(BYTES).substring(0, BYTES).getBytes(UTF_8);
        store.createExclusively("shards/" + number + ".parquet", content);
        return content;
    }

    private Path get(ObjectCache cache, int number) throws IOException {
        return cache.get("shards/" + number + ".parquet", BYTES, Sha256.of(object(number)));
    }

    @Test
    void aCopyHasTheContentAndTheEndingAndIsFetchedOnce() throws IOException {
        Path copy = get(cache(), 1);

        assertThat(copy).hasBinaryContent(object(1)).hasExtension("parquet");
        store.delete("shards/1.parquet");
        assertThat(cache().get("shards/1.parquet", BYTES, Sha256.of(Files.readAllBytes(copy))))
                .isEqualTo(copy);
    }

    @Test
    void theCopiesThatWereNotAskedForTheLongestGoFirst() throws IOException {
        ObjectCache cache = cache();
        Path first = get(cache, 1);
        now = now.plus(ObjectCache.GRACE);
        Path second = get(cache, 2);
        now = now.plus(ObjectCache.GRACE);
        assertThat(get(cache, 1)).isEqualTo(first);
        now = now.plus(ObjectCache.GRACE).plusSeconds(1);
        get(cache, 3);
        get(cache, 4);

        assertThat(second).doesNotExist();
        assertThat(get(cache, 4)).exists();
    }

    @Test
    void whatWasJustAskedForStaysEvenIfThereIsTooMuchOfIt() throws IOException {
        ObjectCache cache = cache();
        for (int i = 0; i < 9; i++) {
            get(cache, i);
        }
        assertThat(copies.toFile().list()).hasSize(9);
    }

    @Test
    void whatAKilledProcessHasLeftOfACopyIsDeletedWhenItIsOld() throws IOException {
        Files.createDirectories(copies);
        Path old = Files.writeString(copies.resolve(".tmp-old"), "half");
        Files.setLastModifiedTime(old, FileTime.from(now.minus(Duration.ofDays(1))));
        Path young = Files.writeString(copies.resolve(".tmp-young"), "half");
        Files.setLastModifiedTime(young, FileTime.from(now));

        get(cache(), 1);

        assertThat(old).doesNotExist();
        assertThat(young).exists();
    }

    @Test
    void anObjectThatIsDamagedOrMissingIsAnError() throws IOException {
        object(1);
        assertThatThrownBy(() -> cache().get("shards/1.parquet", BYTES, "0".repeat(64)))
                .isInstanceOf(DataException.class);
        assertThatThrownBy(() -> cache().get("shards/missing", BYTES, "0".repeat(64)))
                .isInstanceOf(StorageException.class);
        assertThat(copies).isEmptyDirectory();
        assertThat(store.list("shards/", Optional.empty())).hasSize(1);
    }

    @Test
    void aCopyThatHasRottedOnThisMachineIsFetchedAgainByTheNextProcess() throws IOException {
        Path copy = get(cache(), 1);
        byte[] rotten = Files.readAllBytes(copy);
        rotten[BYTES / 2] ^= 1;
        Files.write(copy, rotten);

        assertThat(get(cache(), 1)).isEqualTo(copy).hasBinaryContent(object(1));
    }

    @Test
    void oneThatAnotherProcessHasDeletedIsFetchedAgain() throws IOException {
        ObjectCache mine = cache();
        Files.delete(get(mine, 1));

        assertThat(get(mine, 1)).hasBinaryContent(object(1));
    }
}
