package org.alluvium.trainer.guard;

import java.util.List;

/** What is to be done with a step whose loss and gradient are known. */
public sealed interface Verdict {

    /** Whether the step's update is made. */
    boolean updates();

    /** It is like those before it. */
    record Calm() implements Verdict {
        @Override
        public boolean updates() {
            return true;
        }
    }

    /**
     * It is a spike, and the model must not learn from it.
     *
     * @param reason for people
     * @param documents that it is put down to
     */
    record Skipped(String reason, List<BlamedDocument> documents) implements Verdict {
        public Skipped {
            documents = List.copyOf(documents);
        }

        @Override
        public boolean updates() {
            return false;
        }
    }

    /** It is one spike too many: the run goes back and leaves documents out. */
    record Rewound(LeftOut.Rewind rewind) implements Verdict {
        @Override
        public boolean updates() {
            return false;
        }
    }

    /**
     * Leaving documents out has not helped: this is what the corpus is like now, and the window begins anew.
     *
     * @param reason for people
     */
    record Yielded(String reason) implements Verdict {
        @Override
        public boolean updates() {
            return true;
        }
    }

    /**
     * Leaving documents out has not helped, and there is no number to learn from.
     *
     * @param reason for people
     */
    record Diverged(String reason) implements Verdict {
        @Override
        public boolean updates() {
            return false;
        }
    }
}
