package org.alluvium.trainer.copy;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

/**
 * Lets a thread, and those it starts from then on, have the processor only where no other thread wants it. Java's own
 * priorities are without effect on Linux unless the virtual machine runs as root. Elsewhere than on Linux this does nothing:
 * there the call concerns the whole process.
 */
final class LowPriority {

    private static final int PRIO_PROCESS = 0;
    private static final int THIS_THREAD = 0; // which for Linux is a process
    private static final int LOWEST = 19;

    private LowPriority() {}

    /** Lowers the priority of the thread that calls, for good. A system that refuses leaves it as it was. */
    static void take() {
        if (!"Linux".equals(System.getProperty("os.name"))) {
            return;
        }
        Linker linker = Linker.nativeLinker();
        MethodHandle setPriority = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("setpriority"),
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
        try {
            int _ = (int) setPriority.invokeExact(PRIO_PROCESS, THIS_THREAD, LOWEST);
        } catch (Throwable e) {
            throw new IllegalStateException("setpriority cannot be called", e);
        }
    }
}
