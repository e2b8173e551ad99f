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
        if (values.size() % FAN_OUT == 0) {
            addBlocks();
        }
    }

    /** Adds those from one index of an array up to another, which is not included. */
    public void addAll(double[] added, int from, int to) {
        values.addAll(added, from, to);
        addBlocks();
    }

    /** Adds the blocks that have become whole, level by level. */
    private void addBlocks() {
        int below = values.size();
        for (int level = 0; below >= FAN_OUT; level++) {
            below /= FAN_OUT;
            if (levels.size() == level) {
                levels.add(new Level(new Doubles(), new Doubles()));
            }
            Level blocks = levels.get(level);
            for (int block = blocks.min().size(); block < below; block++) {
                Range range = range(level, block * FAN_OUT, (block + 1) * FAN_OUT);
                blocks.min().add(range.min());
                blocks.max().add(range.max());
            }
        }
    }

    /** The range of numbers (level 0) or of blocks of the level below, one by one. */
    private Range range(int level, int from, int to) {
        Doubles min = level == 0 ? values : levels.get(level - 1).min();
        Doubles max = level == 0 ? values : levels.get(level - 1).max();
        return new Range(min.smallest(from, to), max.largest(from, to));
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

    /** The index of the first number that is not below a bound, or the size if there is none. NaN does not count. */
    int firstFrom(double bound) {
        int low = 0;
        int high = size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (range(low, middle + 1).max() >= bound) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** Whether all from one index on are finite. */
    boolean allFinite(int from) {
        return values.allFinite(from);
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
