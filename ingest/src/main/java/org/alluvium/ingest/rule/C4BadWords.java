package org.alluvium.ingest.rule;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.alluvium.contracts.config.C4BadWordsConfig;
import org.alluvium.ingest.filter.Decision;
import org.alluvium.ingest.filter.Filter;
import org.alluvium.ingest.filter.Finding;
import org.alluvium.ingest.filter.Subject;
import org.alluvium.ingest.phrase.ListFile;
import org.alluvium.ingest.phrase.Phrases;
import org.alluvium.ingest.words.WordSplitter;

/**
 * C4's rule on bad words: Raffel et al., "Exploring the Limits of Transfer Learning" (2020), section 2.2: a page with any
 * entry of a list is dropped. In languages that separate words an entry counts where no letter, digit or underscore touches
 * it, in others anywhere. The lists are the user's.
 */
public final class C4BadWords implements Filter {

    private static final String REASON = "document_removed_with_badwords";

    private final Phrases phrases;

    public C4BadWords(C4BadWordsConfig config) {
        Set<String> entries = new HashSet<>(ListFile.read(config.files(), entry -> entry));
        config.allowed().forEach(entries::remove);
        phrases = Phrases.of(entries);
    }

    @Override
    public String name() {
        return "c4_bad_words";
    }

    @Override
    public Decision judge(Subject subject) {
        return find(subject)
                .<Decision>map(found -> new Decision.Drop(REASON, "has '" + found + "'", examine(subject)))
                .orElse(Decision.KEEP);
    }

    @Override
    public List<Finding> examine(Subject subject) {
        return List.of(Finding.atMost(REASON, find(subject).isPresent() ? 1 : 0, 0));
    }

    private Optional<String> find(Subject subject) {
        boolean separated = subject.language().map(WordSplitter::separatesWords).orElse(true);
        return separated ? phrases.findWord(subject.text()) : phrases.find(subject.text());
    }
}
