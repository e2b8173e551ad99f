package org.alluvium.bench.profile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;

/**
 * Samples of running threads, by what had called what: from the thread at the root to the method that ran at the leaves. Not
 * thread-safe.
 */
public final class CallTree {

    private final String name;
    private final SortedMap<String, CallTree> children = new TreeMap<>();
    private long samples;

    private CallTree(String name) {
        this.name = name;
    }

    /**
     * The samples of a flight recording, in Java code and in native methods that it called, but for the JDK's own: a thread
     * that waits for a file or a connection is sampled like one that works.
     */
    public static CallTree of(Path recording) throws IOException {
        CallTree root = new CallTree("all");
        try (RecordingFile events = new RecordingFile(recording)) {
            while (events.hasMoreEvents()) {
                RecordedEvent event = events.readEvent();
                if (event.getStackTrace() != null && isWork(event)) {
                    root.add(stack(event));
                }
            }
        }
        return root;
    }

    private static boolean isWork(RecordedEvent event) {
        String last = event.getStackTrace()
                .getFrames()
                .getFirst()
                .getMethod()
                .getType()
                .getName();
        return switch (event.getEventType().getName()) {
            case "jdk.ExecutionSample" -> true;
            case "jdk.NativeMethodSample" -> !last.matches("(java|jdk|sun)\\..*");
            default -> false;
        };
    }

    private static List<String> stack(RecordedEvent event) {
        List<String> stack = new ArrayList<>();
        // Subtasks of one task are one thread in the picture.
        stack.add(event.getThread("sampledThread").getJavaName().replaceAll(" \\(\\d+/\\d+\\)#\\d+|[-#]?\\d+", ""));
        for (RecordedFrame frame : event.getStackTrace().getFrames().reversed()) {
            if (frame.isJavaFrame()) {
                RecordedMethod method = frame.getMethod();
                stack.add(method.getType().getName() + "." + method.getName());
            }
        }
        return stack;
    }

    void add(List<String> stack) {
        CallTree node = this;
        node.samples++;
        for (String frame : stack) {
            node = node.children.computeIfAbsent(frame, CallTree::new);
            node.samples++;
        }
    }

    static CallTree empty() {
        return new CallTree("all");
    }

    /** The thread, or the method with its class. */
    public String name() {
        return name;
    }

    /** How often it was met, itself or in what it had called. */
    public long samples() {
        return samples;
    }

    /** What it had called, by name. */
    public Collection<CallTree> children() {
        return children.values();
    }

    /** How often it was met itself. */
    long own() {
        return samples - children.values().stream().mapToLong(CallTree::samples).sum();
    }
}
