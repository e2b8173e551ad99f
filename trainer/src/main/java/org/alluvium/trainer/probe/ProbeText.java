package org.alluvium.trainer.probe;

import java.util.List;
import org.alluvium.tokenizer.Vocabulary;
import org.alluvium.tokenizer.document.DocumentTokenizer;
import org.alluvium.trainer.data.DocumentEnds;

/** A text that models are asked about, and its tokens. Immutable. */
public final class ProbeText {

    private final String text;
    private final int[] ids;

    ProbeText(String text, int[] ids) {
        this.text = text;
        this.ids = ids.clone();
    }

    /** Encodes texts, begun as documents are in training; one without any token is left out. */
    public static List<ProbeText> of(List<String> texts, Vocabulary vocabulary, DocumentEnds ends) {
        if (texts.isEmpty()) {
            return List.of();
        }
        try (DocumentTokenizer tokenizer = DocumentTokenizer.of(vocabulary, ends.bos(), false)) {
            return texts.stream()
                    .map(text -> new ProbeText(text, tokenizer.tokenize(text)))
                    .filter(probe -> probe.ids.length > 0)
                    .toList();
        }
    }

    /** As people wrote it. */
    public String text() {
        return text;
    }

    /** Its tokens, at least one. */
    int[] ids() {
        return ids.clone();
    }
}
