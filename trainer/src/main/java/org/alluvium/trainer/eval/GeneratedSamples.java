package org.alluvium.trainer.eval;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.alluvium.trainer.generate.Generator;
import org.alluvium.trainer.model.TrainableModel;

/** Texts that show what a model has learned: it goes on with prompts. */
final class GeneratedSamples {

    private final Generator generator;
    private final Prompts prompts;

    GeneratedSamples(TrainableModel model, Prompts prompts) {
        this.generator = new Generator(model);
        this.prompts = prompts;
    }

    /** A text for each prompt, which it begins with, in the order of the prompts. The same weights give the same texts. */
    SequencedMap<String, String> take() {
        SequencedMap<String, String> texts = new LinkedHashMap<>();
        prompts.ids().forEach((prompt, ids) -> {
            int[] continuation = generator.generate(
                    ids, prompts.tokens(), prompts.vocabulary().eosId(), prompts.sampling());
            int[] all = IntStream.concat(IntStream.of(ids), IntStream.of(continuation))
                    .toArray();
            texts.put(prompt, prompts.vocabulary().decode(all));
        });
        return texts;
    }
}
