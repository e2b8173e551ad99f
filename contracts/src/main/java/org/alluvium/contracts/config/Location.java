package org.alluvium.contracts.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where files lie: a local folder, or a place that a file system of Flink's reaches by its URI, such as {@code
 * s3://bucket/prefix}.
 */
public final class Location {

    /** RFC 3986, section 3.1; one letter alone is a drive. */
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+://.*");

    private final String text;
    private final Optional<Path> folder;

    private Location(String text, Optional<Path> folder) {
        this.text = text;
        this.folder = folder;
    }

    /** A local folder. */
    public static Location of(Path folder) {
        Path absolute = folder.toAbsolutePath().normalize();
        return new Location(absolute.toString(), Optional.of(absolute));
    }

    /**
     * What a configuration says: a URI with scheme and authority, or a path.
     *
     * @param base folder that a relative path is relative to
     * @throws IllegalArgumentException if it is neither
     */
    public static Location parse(String text, Path base) {
        return SCHEME.matcher(text).matches()
                ? new Location(URI.create(text).toString(), Optional.empty())
                : of(base.resolve(text));
    }

    /** What {@link #toString} says. */
    @JsonCreator
    static Location parse(String text) {
        return parse(text, Path.of(""));
    }

    /** The folder, if it is a local one. */
    public Optional<Path> folder() {
        return folder;
    }

    /** The place of that name below this one. */
    public Location resolve(String name) {
        return folder.map(path -> of(path.resolve(name)))
                .orElseGet(() -> new Location(text + (text.endsWith("/") ? "" : "/") + name, Optional.empty()));
    }

    /** Whether this is the other place or lies below it. */
    public boolean isWithin(Location other) {
        if (folder.isPresent() || other.folder.isPresent()) {
            return folder.isPresent()
                    && other.folder.isPresent()
                    && folder.get().startsWith(other.folder.get());
        }
        return (text + "/").startsWith(other.text.endsWith("/") ? other.text : other.text + "/");
    }

    /** The URI, of a folder as well. */
    public URI toUri() {
        return folder.map(Path::toUri).orElseGet(() -> URI.create(text));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Location location && text.equals(location.text);
    }

    @Override
    public int hashCode() {
        return Objects.hash(text);
    }

    /** The absolute path, or the URI. */
    @Override
    @JsonValue
    public String toString() {
        return text;
    }
}
