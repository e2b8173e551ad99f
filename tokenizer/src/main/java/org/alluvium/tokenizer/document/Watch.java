package org.alluvium.tokenizer.document;

/** Is told what comes of checks. Called by the thread that encodes, between two documents. */
public interface Watch {

    /** Takes no notice. */
    Watch NONE = new Watch() {
        @Override
        public void agreed() {
            // As it should be.
        }

        @Override
        public void differs(Disagreement disagreement) {
            // Whoever chose this does not want to know.
        }

        @Override
        public void cannotCheck(String why) {
            // As above.
        }
    };

    /** A document had the reference's ids. */
    void agreed();

    /** A document had not, and the reference encodes from now on. */
    void differs(Disagreement disagreement);

    /** Checks are configured, and there is no reference; said once, when a tokenizer is opened. */
    void cannotCheck(String why);
}
