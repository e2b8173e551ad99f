package org.alluvium.contracts.config;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.alluvium.contracts.error.ConfigException;

/**
 * A configuration as one word, for a job that starts on a machine where the file is not: {@code packed:}, then Base64 (for
 * URLs, without padding) of the gzip of a YAML text in UTF-8. That text holds every key that ingest reads, defaults too, with
 * paths made absolute where it was packed; so files that it names must be at those paths on the cluster.
 *
 * <p>Whoever may look at a cluster sees the arguments of its jobs. Files of secrets are named in a configuration, not held;
 * what could hold one is not packed (a webhook of the dashboard) or refused (a password among a Kafka client's properties).
 */
public final class PackedConfig {

    private static final String PREFIX = "packed:";
    private static final String LABEL = "the configuration that was submitted";

    /** Sections of other processes. */
    private static final Set<String> LEFT_OUT = Set.of("gateway", "model", "train", "dashboard", "cluster");

    private static final Pattern SECRET = Pattern.compile("(?i).*(password|secret|jaas|credential).*");

    /** Kafka replaces such a part of a value by what a provider finds under it, on the machine where it is needed. */
    private static final String REFERENCE = "${";

    private PackedConfig() {}

    /**
     * Packs a configuration that has been loaded.
     *
     * @throws ConfigException if it holds a secret
     */
    public static String of(AlluviumConfig config) {
        config.sources()
                .forEach(source -> source.kafka()
                        .ifPresent(kafka ->
                                kafka.properties().forEach((name, value) -> refuseSecret(source.name(), name, value))));
        StringJoiner sections = new StringJoiner("\n");
        for (RecordComponent section : AlluviumConfig.class.getRecordComponents()) {
            if (!LEFT_OUT.contains(section.getName())) {
                sections.add(section.getName() + ": " + written(get(config, section)));
            }
        }
        return PREFIX
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(gzip(sections.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static void refuseSecret(String source, String property, String value) {
        if (SECRET.matcher(property).matches() && !value.contains(REFERENCE)) {
            throw new ConfigException(
                    "it holds a secret, and whoever sees the cluster would see it",
                    "kafka.properties." + property + " of source '" + source + "'",
                    "Keep it in a file on the cluster: kafka.access names files of passwords and keys, and Kafka itself takes"
                            + " ${file:/path:key} with config.providers: file and config.providers.file.class:"
                            + " org.apache.kafka.common.config.provider.FileConfigProvider");
        }
    }

    /** Whether an argument is a packed configuration rather than the name of a file. */
    public static boolean isPacked(String argument) {
        return argument.startsWith(PREFIX);
    }

    /**
     * The configuration that was packed; sections that were left out have their defaults.
     *
     * @param overrides as for {@link ConfigLoader#load}
     * @throws ConfigException if this version does not know a key of the one that has packed it
     */
    public static AlluviumConfig unpack(String packed, List<String> overrides) {
        byte[] zipped = Base64.getUrlDecoder().decode(packed.substring(PREFIX.length()));
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped))) {
            String yaml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return ConfigLoader.parse(yaml, LABEL, Path.of("/"), overrides);
        } catch (IOException e) {
            throw new IllegalArgumentException("this was not packed here", e);
        }
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
        return bytes.toByteArray();
    }

    /** A value as the loader reads it: texts in quotes, all else plain. */
    private static String written(Object value) {
        if (value instanceof Record record) {
            StringJoiner group = new StringJoiner(", ", "{", "}");
            for (RecordComponent component : record.getClass().getRecordComponents()) {
                Object member = get(record, component);
                if (!(member instanceof Optional<?> optional && optional.isEmpty())) {
                    group.add(component.getName() + ": " + written(member));
                }
            }
            return group.toString();
        }
        if (value instanceof Optional<?> optional) {
            return written(optional.orElseThrow());
        }
        if (value instanceof List<?> list) {
            StringJoiner items = new StringJoiner(", ", "[", "]");
            list.forEach(item -> items.add(written(item)));
            return items.toString();
        }
        if (value instanceof Map<?, ?> map) {
            StringJoiner group = new StringJoiner(", ", "{", "}");
            map.forEach((key, member) -> group.add(quoted(key.toString()) + ": " + written(member)));
            return group.toString();
        }
        if (value instanceof Duration duration) {
            return duration.toMillis() + "ms";
        }
        if (value instanceof Enum<?> choice) {
            return choice.name().toLowerCase(Locale.ROOT);
        }
        return value instanceof Number || value instanceof Boolean ? value.toString() : quoted(value.toString());
    }

    /** In double quotes, whose escapes are those of JSON. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(unit -> {
            if (unit == '"' || unit == '\\') {
                quoted.append('\\').append((char) unit);
            } else if (Character.isISOControl(unit)) {
                quoted.append("\\u%04x".formatted(unit));
            } else {
                quoted.append((char) unit);
            }
        });
        return quoted.append('"').toString();
    }

    private static Object get(Record record, RecordComponent component) {
        try {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true); // the record need not be public
            return accessor.invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component + " cannot be read", e);
        }
    }
}
