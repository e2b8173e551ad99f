package org.alluvium.trainer.eval;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.alluvium.contracts.config.EvalConfig;
import org.alluvium.tokenizer.Encoder;
import org.alluvium.tokenizer.SentencePieceEncoder;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.trainer.data.DocumentEnds;
import org.alluvium.trainer.generate.Generator;
import org.alluvium.trainer.generate.Sampling;
import org.alluvium.trainer.model.TrainableModel;

/** Continues the configured prompts, every time with the same draws, so that only the model makes a difference. */
public final class GeneratedSamples implements TextSamples {

    private final Generator generator;
    private final Vocabulary vocabulary;
    private final Sampling sampling;
    private final int tokens;
    private final SequencedMap<String, int[]> prompts = new LinkedHashMap<>();

    /**
     * Encodes the prompts.
     *
     * @param ends whether a document, and so a prompt, begins with BOS
     * @param seed of the draws
     */
    public GeneratedSamples(
            TrainableModel model, Vocabulary vocabulary, DocumentEnds ends, EvalConfig config, long seed) {
        this.generator = new Generator(model);
        this.vocabulary = vocabulary;
        this.sampling = new Sampling(config.temperature(), 0, 1, seed);
        this.tokens = config.sampleTokens();
        try (Encoder encoder = SentencePieceEncoder.open(vocabulary)) {
            for (String prompt : config.prompts()) {
                IntStream bos = ends.bos() ? IntStream.of(vocabulary.bosId()) : IntStream.empty();
                prompts.put(
                        prompt,
                        IntStream.concat(bos, IntStream.of(encoder.encode(prompt)))
                                .toArray());
            }
        }
    }

    @Override
    public Map<String, String> take() {
        SequencedMap<String, String> texts = new LinkedHashMap<>();
        prompts.forEach((prompt, ids) -> {
            int[] continuation = generator.generate(ids, tokens, vocabulary.eosId(), sampling);
            int[] all = IntStream.concat(IntStream.of(ids), IntStream.of(continuation))
                    .toArray();
            texts.put(prompt, vocabulary.decode(all));
        });
        return texts;
    }
}
