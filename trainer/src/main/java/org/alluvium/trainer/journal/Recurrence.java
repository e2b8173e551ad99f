package org.alluvium.trainer.journal;

import java.util.List;
import org.alluvium.trainer.data.TakenDocuments;

/** How a step that is taken again came out. */
public enum Recurrence {
    /** As it was recorded. */
    SAME,
    /** Otherwise, since it learned from documents then that are taken down and passed over now. */
    PASSING_OVER,
    /** Otherwise, and takedowns are not the reason. */
    DIFFERENT;

    /**
     * Compares a step with what was recorded of it.
     *
     * @param passed what it passed over now, in its order
     */
    public static Recurrence of(JournalLine recorded, JournalLine now, List<TakenDocuments.Passed> passed) {
        if (now.agrees(recorded.text())) {
            return SAME;
        }
        return PassedOver.explains(JournalLine.parts(recorded.text()), JournalLine.parts(now.text()), passed)
                ? PASSING_OVER
                : DIFFERENT;
    }
}
