package org.alluvium.cli.supervise;

/** Hears of every change. Called on the supervisor's thread, and must not keep it. */
@FunctionalInterface
public interface SupervisorListener {

    void changed(String child, ChildState state);
}
