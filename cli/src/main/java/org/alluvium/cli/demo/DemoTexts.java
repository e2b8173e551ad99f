package org.alluvium.cli.demo;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.config.SourceConfig;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.contracts.document.Document;
import org.alluvium.ingest.record.Parsed;
import org.alluvium.ingest.record.ParsedDocument;
import org.alluvium.ingest.record.RecordParser;
import org.alluvium.ingest.record.SourceRecord;
import org.alluvium.ingest.text.ContentHasher;
import org.alluvium.trainer.data.HeldOutSplit;

/**
 * The documents of the demo as the trainer got them, divided as it divided them: shards hold tokens and no text, so the
 * texts are made again from the corpus by the same pure functions that ingest uses.
 *
 * @param training UTF-8 texts that were trained on, in order
 * @param heldOut UTF-8 texts that were scored, in order
 */
public record DemoTexts(List<byte[]> training, List<byte[]> heldOut) {

    public DemoTexts {
        training = List.copyOf(training);
        heldOut = List.copyOf(heldOut);
    }

    /**
     * The texts of a corpus.
     *
     * @param documents of the corpus that were fed
     * @param mostHeldOut of the documents that are held out, how many were scored
     */
    public static DemoTexts of(DemoCorpus corpus, int documents, AlluviumConfig config, int mostHeldOut) {
        SourceConfig source = config.sources().getFirst();
        RecordParser parser = RecordParser.of(source);
        HeldOutSplit split = new HeldOutSplit(config.train().eval().heldOutPermille());
        List<byte[]> training = new ArrayList<>();
        List<byte[]> heldOut = new ArrayList<>();
        Set<ContentHash> seen = new HashSet<>();
        for (int i = 0; i < documents; i++) {
            byte[] line = new String(corpus.lines(i, i + 1), StandardCharsets.UTF_8)
                    .stripTrailing()
                    .getBytes(StandardCharsets.UTF_8);
            Parsed parsed = parser.parse(SourceRecord.Content.of(source.name(), "corpus#" + (i + 1), 0, line));
            if (!(parsed instanceof ParsedDocument found)) {
                continue;
            }
            Document document = found.document();
            byte[] text = document.text().getBytes(StandardCharsets.UTF_8);
            ContentHash hash = ContentHasher.v1(text);
            if (!seen.add(hash)) {
                continue;
            }
            if (!split.holdsOut(hash)) {
                training.add(text);
            } else if (heldOut.size() < mostHeldOut) {
                heldOut.add(text);
            }
        }
        return new DemoTexts(training, heldOut);
    }
}
