package org.alluvium.trainer.eval;

import java.util.Map;

/** Texts that show what a model has learned. */
@FunctionalInterface
public interface TextSamples {

    /** A text for each prompt, which it begins with, in the order of the prompts. The same model gives the same texts. */
    Map<String, String> take();
}
