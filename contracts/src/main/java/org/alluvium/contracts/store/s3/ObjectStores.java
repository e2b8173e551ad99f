package org.alluvium.contracts.store.s3;

import java.net.URI;
import java.util.Locale;
import org.alluvium.contracts.config.Location;
import org.alluvium.contracts.config.S3Config;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.contracts.store.LocalObjectStore;
import org.alluvium.contracts.store.ObjectStore;

/** Opens the store that a configuration names. */
public final class ObjectStores {

    private ObjectStores() {}

    /**
     * Opens a folder, or {@code s3://bucket/prefix}. Nothing is asked of the service yet: a bucket that is missing or refused
     * shows when it is used.
     *
     * @param s3 how services of S3 are reached
     * @throws ConfigException if the location has another scheme, or no bucket
     */
    public static ObjectStore open(Location location, S3Config s3) {
        return open(location, s3, StoreTraffic.OF_PROCESS);
    }

    /**
     * As above, of a part of a process that counts for itself.
     *
     * @param traffic where it is counted
     */
    public static ObjectStore open(Location location, S3Config s3, StoreTraffic traffic) {
        return location.folder()
                .<ObjectStore>map(LocalObjectStore::new)
                .orElseGet(() -> openRemote(location, s3, traffic));
    }

    private static ObjectStore openRemote(Location location, S3Config s3, StoreTraffic traffic) {
        URI uri = URI.create(location.toString());
        if (!"s3".equals(uri.getScheme().toLowerCase(Locale.ROOT)) || uri.getAuthority() == null) {
            throw new ConfigException(
                    "this kind of location is not supported",
                    location.toString(),
                    "Write a path or s3://bucket/prefix");
        }
        String path = uri.getPath().replaceAll("^/+|/+$", "");
        String prefix = path.isEmpty() ? "" : path + "/";
        return new S3ObjectStore(S3Clients.open(s3, Patience.DEFAULT, traffic), uri.getAuthority(), prefix);
    }
}
