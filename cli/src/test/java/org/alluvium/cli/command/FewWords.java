package org.alluvium.cli.command;

import java.util.List;
import java.util.Map;
import org.alluvium.ingest.filter.Decision;
import org.alluvium.ingest.filter.Filter;
import org.alluvium.ingest.filter.Finding;
import org.alluvium.ingest.filter.Subject;

/** A filter of one's own, as a user would write it: drops texts of fewer words than its option {@code least} says. */
public final class FewWords implements Filter {

    private final double least;

    public FewWords(Map<String, String> options) {
        least = Double.parseDouble(options.get("least"));
    }

    @Override
    public String name() {
        return "few_words";
    }

    @Override
    public Decision judge(Subject subject) {
        Finding words = words(subject);
        return words.fails() ? new Decision.Drop("too_few", "for this test", List.of(words)) : Decision.KEEP;
    }

    @Override
    public List<Finding> examine(Subject subject) {
        return List.of(words(subject));
    }

    private Finding words(Subject subject) {
        return Finding.atLeast("too_few", subject.words().count(), least);
    }
}
