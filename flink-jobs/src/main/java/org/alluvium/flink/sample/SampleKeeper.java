package org.alluvium.flink.sample;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.alluvium.contracts.document.ContentHash;
import org.alluvium.contracts.store.Durability;
import org.alluvium.flink.types.ContentHashSerializer;
import org.alluvium.flink.types.Outcome;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Keeps the sample in Flink's state, and writes it to a file when the input has ended: text after text in the order of their ranks,
 * each ended by a line feed. Runs once. Texts are where the state is, of which little is in memory; of each, its rank is.
 *
 * <p>The file appears whole. A job that is restored after it has ended writes it again, to the same bytes.
 */
final class SampleKeeper extends AbstractStreamOperator<Void>
        implements OneInputStreamOperator<Outcome, Void>, BoundedOneInput {

    private static final long serialVersionUID = 1L;

    /** The one key that everything is under. */
    static final int KEY = 0;

    private static final String STATE = "sample-v1";

    private final String file;
    private final int documents;
    private final long seed;

    private transient MapState<ContentHash, String> texts;
    private transient Ranks ranks;

    SampleKeeper(Path file, int documents, long seed) {
        this.file = file.toString();
        this.documents = documents;
        this.seed = seed;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        texts = context.getKeyedStateStore()
                .getMapState(new MapStateDescriptor<>(STATE, ContentHashSerializer.TYPE, Types.STRING));
        ranks = new Ranks(documents, seed);
        setCurrentKey(KEY);
        for (ContentHash rank : texts.keys()) {
            ranks.add(rank);
        }
    }

    @Override
    public void processElement(StreamRecord<Outcome> element) throws Exception {
        Outcome.Candidate candidate = (Outcome.Candidate) element.getValue();
        ContentHash rank = ranks.of(candidate.hash());
        if (ranks.add(rank)) {
            texts.put(rank, candidate.document().text());
            ContentHash dropped = ranks.dropped().orElse(null);
            if (dropped != null) {
                texts.remove(dropped);
            }
        }
    }

    @Override
    public void endInput() throws Exception {
        setCurrentKey(KEY);
        Path target = Path.of(file);
        Path part = target.resolveSibling(target.getFileName() + ".part");
        write(part);
        Durability.syncFile(part);
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Durability.syncFolder(target.getParent());
    }

    private void write(Path part) throws Exception {
        try (BufferedWriter out = Files.newBufferedWriter(part, StandardCharsets.UTF_8)) {
            for (ContentHash rank : ranks.inOrder()) {
                out.write(textOf(rank));
                out.write('\n');
            }
        }
    }

    private String textOf(ContentHash rank) throws Exception {
        String text = texts.get(rank);
        if (text == null) {
            throw new IOException("the state of the sample lacks the text of rank " + rank);
        }
        return text;
    }
}
