package org.alluvium.flink.sink;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.Optional;
import org.alluvium.contracts.clock.WallClock;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.Location;
import org.alluvium.contracts.config.S3Config;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.contracts.store.LocalFiles;
import org.alluvium.contracts.store.ObjectCache;
import org.alluvium.contracts.store.ObjectStore;
import org.alluvium.contracts.store.s3.ObjectStores;
import org.alluvium.contracts.store.s3.StoreTraffic;

/**
 * Where the corpus is, in a form that travels with the job to the machines that run it. What is not configured is null. A
 * secret does not travel: its file must be on every machine under the same path.
 *
 * @param location absolute path of a folder, or URI
 * @param endpoint of {@link S3Config#endpoint()}
 * @param region of {@link S3Config#region()}
 * @param pathStyle of {@link S3Config#pathStyle()}
 * @param accessKey of {@link S3Config#accessKey()}
 * @param secretKeyFile of {@link S3Config#secretKeyFile()}
 * @param caFile of {@link S3Config#caFile()}
 */
public record CorpusPlace(
        String location,
        String endpoint,
        String region,
        boolean pathStyle,
        String accessKey,
        String secretKeyFile,
        String caFile)
        implements Serializable {

    /** Bytes of copies that are kept of an object store's files. */
    private static final long COPIES = 1L << 30;

    /** Where the configuration says. */
    public static CorpusPlace of(AlluviumConfig config) {
        S3Config s3 = config.s3();
        return new CorpusPlace(
                config.corpus().dir().toString(),
                s3.endpoint().orElse(null),
                s3.region(),
                s3.pathStyle(),
                s3.accessKey().orElse(null),
                s3.secretKeyFile().map(Path::toString).orElse(null),
                s3.caFile().map(Path::toString).orElse(null));
    }

    /** The corpus folder, whose sub-folders are there; empty if the corpus is in an object store. */
    Optional<CorpusLayout> folder() {
        return parsed().folder().map(path -> new CorpusLayout(path).create());
    }

    /** The corpus as a store, to be closed by who asked, which counts its requests. */
    ObjectStore open(StoreTraffic traffic) {
        return folder().map(CorpusLayout::store).orElseGet(() -> ObjectStores.open(parsed(), s3(), traffic));
    }

    /** The files of the corpus on this machine; of one in an object store copies, a few at a time, below a scratch folder. */
    LocalFiles files(ObjectStore store, Path scratch) {
        return folder().<LocalFiles>map(folder -> folder::file)
                .orElseGet(() -> new ObjectCache(store, scratch.resolve("objects"), COPIES, WallClock.ofThisProcess()));
    }

    private Location parsed() {
        return Location.parse(location, Path.of(""));
    }

    private S3Config s3() {
        return new S3Config(
                Optional.ofNullable(endpoint),
                region,
                pathStyle,
                Optional.ofNullable(accessKey),
                Optional.ofNullable(secretKeyFile).map(Path::of),
                Optional.ofNullable(caFile).map(Path::of));
    }
}
