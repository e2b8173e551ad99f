package org.alluvium.images.supply;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.alluvium.images.supply.Component.Text;

/**
 * What a look inside a jar tells.
 *
 * @param bundled purls of what it says to hold of others: by files of Maven's, or lines {@code - GROUP:NAME:VERSION} of a notice
 * @param opaque paths of programs for machines and of jars inside it, which nothing inside describes
 * @param relocated folders of classes that were moved from elsewhere, such as {@code a/shaded/com/google}
 * @param texts licences and notices, in the order of their names
 */
record JarContent(List<String> bundled, List<String> opaque, List<String> relocated, List<Text> texts) {

    private static final Pattern TEXT = Pattern.compile(
            "(META-INF/)?([\\w.]+-)*(LICEN[CS]E|NOTICE|COPYING)[^/]*|(META-INF/)?licen[cs]es*/.+[^/]",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern OPAQUE = Pattern.compile(".*\\.(so|dll|dylib|jnilib|a|exe|jar)(\\.\\d+)*");
    private static final Pattern RELOCATED =
            Pattern.compile("(?:META-INF/versions/\\d+/)?(.*/?shaded?/(?:\\w+/){1,2}).*\\.class");
    private static final Pattern POM = Pattern.compile("META-INF/maven/.+/pom\\.properties");
    private static final Pattern BUNDLED =
            Pattern.compile("^ *- ([\\w.-]+):([\\w.-]+):(?:[\\w.-]+:)?([\\w.-]+) *$", Pattern.MULTILINE);

    static JarContent read(Path jar) throws IOException {
        TreeSet<String> bundled = new TreeSet<>();
        TreeSet<String> opaque = new TreeSet<>();
        TreeSet<String> relocated = new TreeSet<>();
        List<Text> texts = new ArrayList<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : zip.stream().filter(it -> !it.isDirectory()).toList()) {
                String path = entry.getName();
                Matcher moved = RELOCATED.matcher(path);
                if (moved.matches()) {
                    relocated.add(moved.group(1));
                } else if (OPAQUE.matcher(path).matches()) {
                    opaque.add(path);
                } else if (POM.matcher(path).matches()) {
                    bundled.add(coordinates(zip, entry));
                } else if (TEXT.matcher(path).matches() && !path.endsWith(".class")) {
                    texts.add(new Text(path, text(zip, entry)));
                }
            }
        }
        texts.sort(Comparator.comparing(Text::name));
        for (Text text : texts) {
            Matcher line = BUNDLED.matcher(text.content());
            while (text.isNotice() && line.find()) {
                bundled.add(purl(line.group(1), line.group(2), line.group(3)));
            }
        }
        return new JarContent(List.copyOf(bundled), List.copyOf(opaque), List.copyOf(relocated), List.copyOf(texts));
    }

    private static String coordinates(ZipFile zip, ZipEntry entry) throws IOException {
        Properties pom = new Properties();
        try (InputStream in = zip.getInputStream(entry)) {
            pom.load(in);
        }
        return purl(pom.getProperty("groupId"), pom.getProperty("artifactId"), pom.getProperty("version"));
    }

    private static String text(ZipFile zip, ZipEntry entry) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("\uFEFF", "")
                    .replace("\r", "")
                    .stripTrailing();
        }
    }

    private static String purl(String group, String name, String version) {
        return "pkg:maven/" + group + "/" + name + "@" + version;
    }
}
