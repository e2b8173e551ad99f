package org.alluvium.ingest.language;

import java.util.List;
import java.util.Set;
import org.alluvium.contracts.config.LanguageConfig;
import org.alluvium.ingest.fasttext.FastTextModel;

/** Says in which language a text is. What it says depends on the text alone. Used by one thread at a time. */
public interface LanguageIdentifier {

    /** The languages of a text, the most likely first; empty if nothing in the text is of any language. */
    List<LanguageScore> identify(String text);

    /** The tags of the languages that this tells apart. */
    Set<String> languages();

    /**
     * The one that a configuration asks for.
     *
     * @throws org.alluvium.contracts.error.AlluviumException if the model it names cannot be used
     */
    static LanguageIdentifier of(LanguageConfig config) {
        return config.model()
                .<LanguageIdentifier>map(file -> new FastTextIdentifier(FastTextModel.load(file)))
                .orElseGet(LanguageIdentifier::bundled);
    }

    /** The one that comes with Alluvium. */
    static LanguageIdentifier bundled() {
        return BundledIdentifier.load();
    }
}
