package org.alluvium.bench.peers;

import java.util.Optional;
import org.alluvium.contracts.config.AlluviumConfig;
import org.alluvium.contracts.layout.CorpusLayout;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.trainer.data.BatchPlan;
import org.alluvium.trainer.data.Cursor;
import org.alluvium.trainer.data.DocumentEnds;
import org.alluvium.trainer.data.Position;
import org.alluvium.trainer.data.ShardOpener;
import org.alluvium.trainer.data.ShardTail;
import org.alluvium.trainer.data.TrainingOrder;

/** The steps that a new run of a configuration would take, in the trainer's own order. */
final class CorpusFeed implements BatchDump.Feed {

    private final TrainingOrder order;

    CorpusFeed(AlluviumConfig config, Vocabulary vocabulary, int context) {
        DocumentEnds ends =
                new DocumentEnds(config.tokenizer().addBos(), config.tokenizer().addEos());
        ShardOpener opener = new ShardOpener(CorpusLayout.of(config), vocabulary, ends);
        this.order = new TrainingOrder(
                ShardTail.open(opener, Position.START), BatchPlan.of(config.train(), context), Cursor.START);
    }

    @Override
    public Optional<BatchDump.Fed> next() throws InterruptedException {
        return order.next().map(step -> new BatchDump.Fed(step.batches(), step.tokens()));
    }

    @Override
    public void close() {
        order.close();
    }
}
