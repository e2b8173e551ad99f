package org.alluvium.cli.command;

import java.io.PrintWriter;
import org.alluvium.cli.view.Terminal;
import org.alluvium.dashboard.lineage.CorpusIndex;

/** Has the index over a corpus follow the log, and says how far it is where that takes long. */
final class IndexProgress {

    /** Log entries that are read in no time. */
    private static final long FEW = 50;

    private final PrintWriter err;

    IndexProgress(PrintWriter err) {
        this.err = err;
    }

    void follow(CorpusIndex index) {
        ProgressLine progress = new ProgressLine(err, Terminal.onStandardError().isPresent(), System::nanoTime);
        progress.begin("reading the corpus for its index");
        long begin = index.state().entries();
        boolean[] told = {false};
        index.follow(Long.MAX_VALUE, (done, all, records) -> {
            if (all - begin > FEW) {
                progress.at(done - begin, all - begin);
                told[0] = true;
            }
        });
        if (told[0]) {
            progress.end();
        }
        if (told[0] && !index.state().kept()) {
            progress.say(
                    "It cannot be kept, as this user may not write the folder of the corpus: the next question reads all again");
        }
        long unread = index.state().unread();
        if (unread > 0) {
            progress.say(unread
                    + " files were not there, or damaged, when the index was made; 'alluvium corpus verify' names"
                    + " them, 'alluvium corpus index --rebuild' reads them again");
        }
    }
}
