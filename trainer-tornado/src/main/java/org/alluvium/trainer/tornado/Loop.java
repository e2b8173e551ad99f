package org.alluvium.trainer.tornado;

import java.util.ArrayList;
import java.util.List;
import org.alluvium.trainer.tornado.device.Step;

/**
 * A program that runs several times in a row, each time with other arguments.
 *
 * @param program what is compiled once
 * @param times how often it runs
 */
record Loop(List<Step> program, int times) {

    private static final int LONGEST =
            128; // tasks of a program: TornadoVM describes a graph in 8,192 bytes, and a task in 60
    private static final int WORTH_IT = 8; // steps that need not be compiled

    /**
     * Cuts steps where they repeat, so that the layers of a model are one program. At each place the repetition counts that saves
     * most; what repeats nothing is a program of its own. A pure function of the steps.
     */
    static List<Loop> cut(List<Step> steps) {
        List<Loop> loops = new ArrayList<>();
        int begun = 0; // of what has not been seen to repeat
        int tasks = 0; // of that
        int at = 0;
        while (at < steps.size()) {
            Loop best = repetition(steps, at);
            if (best.times() > 1) {
                addOnce(loops, steps.subList(begun, at));
                loops.add(best);
                at += best.times() * best.program().size();
                begun = at;
                tasks = 0;
            } else {
                int more = steps.get(at).kernel().tasks();
                if (tasks + more > LONGEST) {
                    addOnce(loops, steps.subList(begun, at));
                    begun = at;
                    tasks = 0;
                }
                at++;
                tasks += more;
            }
        }
        addOnce(loops, steps.subList(begun, at));
        return loops;
    }

    private static void addOnce(List<Loop> loops, List<Step> program) {
        if (!program.isEmpty()) {
            loops.add(new Loop(program, 1));
        }
    }

    private static Loop repetition(List<Step> steps, int from) {
        int period = 0;
        int times = 1;
        int tasks = 0;
        for (int p = 1; p <= (steps.size() - from) / 2; p++) {
            tasks += steps.get(from + p - 1).kernel().tasks();
            if (tasks > LONGEST) {
                break;
            }
            int t = 1;
            while (repeats(steps, from, p, t)) {
                t++;
            }
            if ((t - 1) * p >= WORTH_IT && (t - 1) * p > (times - 1) * period) {
                period = p;
                times = t;
            }
        }
        return new Loop(steps.subList(from, from + period), times);
    }

    private static boolean repeats(List<Step> steps, int from, int period, int times) {
        int begin = from + times * period;
        return begin + period <= steps.size()
                && steps.subList(from, from + period).equals(steps.subList(begin, begin + period));
    }
}
