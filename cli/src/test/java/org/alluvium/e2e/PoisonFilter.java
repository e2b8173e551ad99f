package org.alluvium.e2e;

import java.util.List;
import org.alluvium.ingest.filter.Decision;
import org.alluvium.ingest.filter.Filter;
import org.alluvium.ingest.filter.Finding;
import org.alluvium.ingest.filter.Subject;

/** What a broken version of the job has and no other: it dies of a word. */
public final class PoisonFilter implements Filter {

    static final String WORD = "mercury";

    @Override
    public String name() {
        return "poison";
    }

    @Override
    public Decision judge(Subject subject) {
        if (subject.text().contains(WORD)) {
            throw new IllegalStateException("this version dies of " + WORD);
        }
        return Decision.KEEP;
    }

    @Override
    public List<Finding> examine(Subject subject) {
        return List.of();
    }
}
