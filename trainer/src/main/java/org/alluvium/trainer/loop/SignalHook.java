package org.alluvium.trainer.loop;

/**
 * While it is open, SIGTERM and SIGINT ask the run to stop and hold the process until it has. Afterwards the virtual machine
 * ends with the signal's own exit code.
 */
final class SignalHook implements AutoCloseable {

    private final StopSignal stop;
    private final Thread hook;

    private SignalHook(StopSignal stop) {
        this.stop = stop;
        this.hook = new Thread(this::stopAndWait, "stop");
    }

    static SignalHook install(TrainOptions options) {
        SignalHook signals = new SignalHook(options.stop());
        if (options.stopOnSignal()) {
            Runtime.getRuntime().addShutdownHook(signals.hook);
        }
        return signals;
    }

    /** Says that the run is done, and hears no more signals. */
    @Override
    public void close() {
        stop.markStopped();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            stop.request(); // the hook is running, and has just been told that it may end
        }
    }

    private void stopAndWait() {
        stop.request();
        try {
            stop.awaitStopped();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody interrupts the hooks of a machine that is shutting down
        }
    }
}
