package org.alluvium.bench.profile;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which package of ours each sample is to be laid at the door of: the last one that was called before the sample. */
public final class Shares {

    private static final String OURS = "org.alluvium.";
    private static final String OTHERS = "Flink, and the rest of the JVM";

    private Shares() {}

    /**
     * One package with its share of all samples.
     *
     * @param share in [0, 1]
     */
    public record Share(String name, double share) {}

    /** The shares of all packages, largest first. */
    public static List<Share> of(CallTree tree) {
        Map<String, Long> samples = new TreeMap<>();
        add(tree, OTHERS, samples);
        return samples.entrySet().stream()
                .map(entry -> new Share(entry.getKey(), (double) entry.getValue() / Math.max(1, tree.samples())))
                .sorted(Comparator.comparingDouble(Share::share).reversed())
                .toList();
    }

    private static void add(CallTree node, String caller, Map<String, Long> samples) {
        String ours = node.name().startsWith(OURS) ? packageOf(node.name()) : caller;
        long own = node.own();
        if (own > 0) {
            samples.merge(ours, own, Long::sum);
        }
        node.children().forEach(child -> add(child, ours, samples));
    }

    private static String packageOf(String method) {
        String name = method.substring(OURS.length());
        int end = name.length();
        for (int i = 0; i + 1 < name.length(); i++) {
            if (name.charAt(i) == '.' && Character.isUpperCase(name.charAt(i + 1))) {
                end = i;
                break;
            }
        }
        return name.substring(0, end);
    }
}
