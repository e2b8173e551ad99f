package org.alluvium.dashboard.series;

import java.util.ArrayList;
import java.util.List;

/**
 * Numbers with the smallest and largest of every block of {@link #FAN_OUT}, of every block of such blocks, and so on. The
 * range of any stretch is thus found from a few blocks instead of all its numbers, and the blocks take an eighth of the
 * numbers' room. Only whole blocks are kept, so that cutting off the end is cutting off blocks. Not thread-safe.
 */
public final class Pyramid {

    /** Numbers in a block. */
    static final int FAN_OUT = 16;

    private final Doubles values = new Doubles();
    private final List<Level> levels = new ArrayList<>();

    private record Level(Doubles min, Doubles max) {}

    public void add(double value) {
        values.add(value);
        int below = values.size();
        for (int level = 0; below % FAN_OUT == 0; level++) {
            below /= FAN_OUT;
            if (levels.size() == level) {
                levels.add(new Level(new Doubles(), new Doubles()));
            }
            Range block = block(level, below - 1);
            levels.get(level).min().add(block.min());
            levels.get(level).max().add(block.max());
        }
    }

    /** What a block of a level comes to, from the level below it. */
    private Range block(int level, int index) {
        return range(level, index * FAN_OUT, (index + 1) * FAN_OUT);
    }

    /** The range of numbers (level 0) or of blocks of the level below, one by one. */
    private Range range(int level, int from, int to) {
        Doubles min = level == 0 ? values : levels.get(level - 1).min();
        Doubles max = level == 0 ? values : levels.get(level - 1).max();
        Range range = Range.NONE;
        for (int i = from; i < to; i++) {
            range = range.and(min.get(i), max.get(i));
        }
        return range;
    }

    /** The smallest and largest number from one index up to another, which is not included. NaN does not count. */
    public Range range(int from, int to) {
        Range range = Range.NONE;
        int low = from;
        int high = to;
        for (int level = 0; low < high; level++) {
            int wholeFrom = Math.ceilDiv(low, FAN_OUT);
            int wholeTo = high / FAN_OUT;
            if (wholeFrom >= wholeTo) {
                Range rest = range(level, low, high);
                return range.and(rest.min(), rest.max());
            }
            Range head = range(level, low, wholeFrom * FAN_OUT);
            Range tail = range(level, wholeTo * FAN_OUT, high);
            range = range.and(head.min(), head.max()).and(tail.min(), tail.max());
            low = wholeFrom;
            high = wholeTo;
        }
        return range;
    }

    public double get(int index) {
        return values.get(index);
    }

    public int size() {
        return values.size();
    }

    /** Leaves the first so many numbers. */
    public void truncate(int length) {
        values.truncate(length);
        int blocks = values.size();
        for (Level level : levels) {
            blocks /= FAN_OUT;
            level.min().truncate(blocks);
            level.max().truncate(blocks);
        }
    }
}
