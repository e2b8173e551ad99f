package org.alluvium.flink.judge;

import java.util.List;
import java.util.Map;
import org.alluvium.ingest.filter.Decision;
import org.alluvium.ingest.filter.Filter;
import org.alluvium.ingest.filter.FilterChain;
import org.alluvium.ingest.filter.Finding;
import org.alluvium.ingest.filter.Subject;

/** A chain for tests: writes every secret as stars, then drops what has fewer than two words. */
final class TextFilters {

    static final double FEWEST_WORDS = 2;

    private static final String SECRET = "secret";

    private TextFilters() {}

    static FilterChain open() {
        return new FilterChain(List.of(new Stars(), new Length()));
    }

    private static final class Stars implements Filter {

        @Override
        public String name() {
            return "stars";
        }

        @Override
        public Decision judge(Subject subject) {
            long secrets = subject.text().split(SECRET, -1).length - 1L;
            return secrets == 0
                    ? Decision.KEEP
                    : new Decision.Change(
                            subject.withText(subject.text().replace(SECRET, "***")), Map.of("secret", secrets));
        }

        @Override
        public List<Finding> examine(Subject subject) {
            return List.of();
        }
    }

    private static final class Length implements Filter {

        @Override
        public String name() {
            return "length";
        }

        @Override
        public Decision judge(Subject subject) {
            Finding words = words(subject);
            return words.fails() ? new Decision.Drop("too_few_words", "", List.of(words)) : Decision.KEEP;
        }

        @Override
        public List<Finding> examine(Subject subject) {
            return List.of(words(subject));
        }

        private static Finding words(Subject subject) {
            return Finding.atLeast("too_few_words", subject.words().count(), FEWEST_WORDS);
        }
    }
}
