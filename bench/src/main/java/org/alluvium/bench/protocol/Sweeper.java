package org.alluvium.bench.protocol;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A process that takes documents out.
 *
 * @param looked newest entry of the log when it looked what there is to do
 * @param through newest takedown that it is to carry out, or has
 * @param replacing new files by the paths of old ones, that it has written
 * @param toDestroy files that its entry has replaced
 */
record Sweeper(
        int number,
        Stage stage,
        long looked,
        long through,
        SortedMap<String, String> replacing,
        List<String> toDestroy) {

    enum Stage {
        BEGINNING,
        SEARCHING,
        REPLACING,
        DESTROYING,
        DONE,
        KILLED
    }

    Sweeper {
        toDestroy = List.copyOf(toDestroy);
    }

    static Sweeper begin(int number) {
        return new Sweeper(number, Stage.BEGINNING, -1, -1, new TreeMap<>(), List.of());
    }

    Sweeper at(Stage next) {
        return new Sweeper(number, next, -1, through, new TreeMap<>(), List.of());
    }

    /** It has taken or found nothing that would matter any more. */
    Sweeper killed() {
        return new Sweeper(number, Stage.KILLED, -1, -1, new TreeMap<>(), List.of());
    }

    boolean isAlive() {
        return stage != Stage.DONE && stage != Stage.KILLED;
    }
}
