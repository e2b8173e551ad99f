package org.alluvium.images.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files of ours that an image would have, in a folder: {@code /opt/alluvium/lib} of the image is {@code opt/alluvium/lib} there. What
 * commands of the Dockerfile would do is left out, and what comes from another image is a link to something like it on this
 * machine. Folders are closed to writing, and volumes are folders elsewhere, so a path of the image has to be {@linkplain #here
 * translated}.
 */
final class Layout implements AutoCloseable {

    private static final Pattern PATHS = Pattern.compile(
            "(?<![\\w./-])/(?:opt|tmp|etc/alluvium|var/lib/alluvium|var/cache/alluvium)(?=[/\\s\"',:;]|$)");

    private final Path root;
    private final Dockerfile.Stage stage;
    private final Map<String, Path> volumes = new TreeMap<>();

    private Layout(Path root, Dockerfile.Stage stage) {
        this.root = root;
        this.stage = stage;
    }

    /**
     * Lays out an image.
     *
     * @param context what it is built from
     * @param base files of its base, by the folders that they are in, without a slash at the end
     * @param stages what other stages and contexts have, by their names
     * @throws IllegalArgumentException if the context lacks what is to be copied
     */
    static Layout of(Image image, Path context, Path root, Map<String, Path> base, Map<String, Path> stages) {
        Layout layout = new Layout(root, image.dockerfile().result());
        base.forEach((folder, files) -> copy(files, ".", layout.inside(folder)));
        layout.stage.all("COPY").forEach(copy -> {
            List<String> words = copy.words();
            Path target = layout.inside(words.getLast());
            String from = copy.options().get("from");
            if (from == null) {
                words.subList(0, words.size() - 1).forEach(source -> copy(context, source, target));
            } else {
                link(stages.get(from), target);
            }
        });
        layout.setWritable(false);
        return layout;
    }

    private Path inside(String path) {
        return root.resolve(path.replaceFirst("^/", ""));
    }

    /** A volume at a path of the image. */
    Layout mount(String path, Path volume) {
        volumes.put(path, volume);
        return this;
    }

    /** A text in which paths of the image are those of this machine. */
    String here(String text) {
        return PATHS.matcher(text).replaceAll(found -> Matcher.quoteReplacement(here(found)));
    }

    private String here(MatchResult found) {
        Path volume = volumes.get(found.group());
        return (volume == null ? inside(found.group()) : volume).toString();
    }

    /** What the image starts, with other arguments than its own. */
    List<String> entrypoint(List<String> arguments) {
        return Stream.concat(stage.last("ENTRYPOINT").words().stream(), arguments.stream())
                .map(this::here)
                .toList();
    }

    /** Its variables. */
    Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        stage.all("ENV").forEach(variables -> environment.putAll(variables.pairs()));
        environment.replaceAll((name, value) -> here(value));
        return environment;
    }

    String user() {
        return stage.last("USER").arguments();
    }

    /** Every file with its size and when it was last changed. */
    Map<Path, String> files() throws IOException {
        try (Stream<Path> tree = Files.walk(root)) {
            return tree.collect(Collectors.toMap(Function.identity(), Layout::state));
        }
    }

    private static String state(Path path) {
        try {
            return Files.size(path) + " " + Files.getLastModifiedTime(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets the folders be deleted. */
    @Override
    public void close() {
        setWritable(true);
    }

    private void setWritable(boolean writable) {
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path folder : tree.filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .toList()) {
                Files.setPosixFilePermissions(
                        folder, PosixFilePermissions.fromString(writable ? "rwxr-xr-x" : "r-xr-xr-x"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@code COPY}: of a folder its content, of a file itself; a pattern may be in the last part of its name. */
    private static void copy(Path context, String source, Path target) {
        List<Path> found = source.contains("*") ? matching(context, source) : List.of(context.resolve(source));
        if (found.isEmpty() || !found.stream().allMatch(Files::exists)) {
            throw new IllegalArgumentException("there is no " + source + " in " + context);
        }
        for (Path each : found) {
            try (Stream<Path> tree = Files.walk(each)) {
                for (Path file : tree.filter(Files::isRegularFile).toList()) {
                    Path name = Files.isDirectory(each) ? each.relativize(file) : file.getFileName();
                    linkHard(file, target.resolve(name));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static List<Path> matching(Path context, String source) {
        Path pattern = context.resolve(source);
        PathMatcher matcher = context.getFileSystem().getPathMatcher("glob:" + pattern);
        try (Stream<Path> files = Files.list(pattern.getParent())) {
            return new ArrayList<>(files.filter(matcher::matches).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** No copy where it can be helped: there are hundreds of megabytes. */
    private static void linkHard(Path file, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        Files.deleteIfExists(target);
        try {
            Files.createLink(target, file);
        } catch (FileSystemException | UnsupportedOperationException otherFileSystem) {
            Files.copy(file, target);
        }
    }

    private static void link(Path files, Path target) {
        try {
            Files.createDirectories(target.getParent());
            Files.createSymbolicLink(target, files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
