package org.alluvium.trainer.suite;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a model's answers to a suite come to.
 *
 * @param suite its name
 * @param questions that were asked
 * @param figures by name, such as {@code accuracy}, a share from 0 to 1
 */
public record SuiteScore(String suite, int questions, SortedMap<String, Double> figures) {

    public SuiteScore {
        figures = Collections.unmodifiableSortedMap(new TreeMap<>(figures));
    }
}
