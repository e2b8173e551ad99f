package org.alluvium.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.alluvium.cli.demo.DemoCorpus;
import org.alluvium.cli.demo.DemoTexts;
import org.alluvium.cli.demo.Yardstick;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.ConfigLoader;
import org.alluvium.contracts.event.Event;
import org.alluvium.contracts.event.EventReader;
import org.alluvium.contracts.layout.RunLayout;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/**
 * How well a run on the demo corpus learned: its held-out bits per byte over the steps, beside what {@code gzip -9} and
 * {@code xz -9e} need for the same held-out texts after the same training texts. A compressor's figure is the size of the
 * training and the held-out texts in one stream, less the size of the training texts alone; both streams end with a flush
 * of everything.
 *
 * <pre>
 * bench/run.sh LearningReport bench/learning/alluvium.yaml
 * </pre>
 */
public final class LearningReport {

    private LearningReport() {}

    /** Prints the report for the run that the configuration file named as the first argument describes. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            throw new IllegalArgumentException("usage: LearningReport alluvium.yaml");
        }
        AlluviumConfig config = ConfigLoader.load(Path.of(arguments[0]), List.of());
        List<Event> evaluations = EventReader.readAll(
                        new RunLayout(config.train().run()).events())
                .stream()
                .filter(event -> event.type().equals("eval"))
                .toList();
        System.out.println("step,held-out bits per byte");
        for (Event event : evaluations) {
            System.out.printf(
                    Locale.ROOT,
                    "%d,%.4f%n",
                    (long) event.number("step", -1),
                    event.number("heldOutBitsPerByte", Double.NaN));
        }
        DemoCorpus corpus = DemoCorpus.obtain(Path.of("").toAbsolutePath());
        DemoTexts texts = DemoTexts.of(
                corpus, corpus.documents(), config, config.train().eval().heldOutDocuments());
        System.out.printf(Locale.ROOT, "gzip -9,%.4f%n", bitsPerByte(texts, Yardstick::gzip));
        System.out.printf(Locale.ROOT, "xz -9e,%.4f%n", bitsPerByte(texts, out -> new XZOutputStream(out, extreme())));
        System.out.printf(
                "held out: %d documents, %d bytes; before them: %d documents, %d bytes%n",
                texts.heldOut().size(), bytes(texts.heldOut()), texts.training().size(), bytes(texts.training()));
    }

    /** The settings of {@code xz -9e}: a dictionary of 64 MiB, which holds the whole corpus, and the longest search. */
    private static LZMA2Options extreme() throws IOException {
        LZMA2Options options = new LZMA2Options(LZMA2Options.PRESET_MAX);
        options.setNiceLen(LZMA2Options.NICE_LEN_MAX);
        options.setDepthLimit(512);
        return options;
    }

    private static double bitsPerByte(DemoTexts texts, Yardstick.Compressor compressor) {
        return Yardstick.bitsPerByte(texts.training(), texts.heldOut(), compressor);
    }

    private static long bytes(List<byte[]> texts) {
        return texts.stream().mapToLong(text -> text.length).sum();
    }
}
