package org.alluvium.trainer.pretrained;

import java.util.Optional;
import java.util.stream.Stream;
import org.alluvium.trainer.model.Architecture;

/** Architectures of models by the names that {@code config.json} has for them. */
enum Layout {
    LLAMA("llama", "LlamaForCausalLM"),
    /** Llama's in everything that we compute. */
    MISTRAL("mistral", "MistralForCausalLM"),
    /** Llama with norms of query and key heads. */
    QWEN3("qwen3", "Qwen3ForCausalLM"),
    /** What nobody else loads. */
    OWN("alluvium", "AlluviumForCausalLM");

    private final String modelType;
    private final String architecture;

    Layout(String modelType, String architecture) {
        this.modelType = modelType;
        this.architecture = architecture;
    }

    /** The layout that others know such a model by, or our own. */
    static Layout of(Architecture architecture) {
        if (!architecture.isPublished()) {
            return OWN;
        }
        return architecture.qkNorm() ? QWEN3 : LLAMA;
    }

    static Optional<Layout> named(String modelType) {
        return Stream.of(values())
                .filter(layout -> layout.modelType.equals(modelType))
                .findFirst();
    }

    String modelType() {
        return modelType;
    }

    String architecture() {
        return architecture;
    }
}
