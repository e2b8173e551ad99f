package org.alluvium.trainer.backend.choice;

import java.util.List;
import java.util.Optional;
import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.contracts.error.UnavailableException;

/**
 * What the launcher found out about accelerators before it started this process. It says so in system properties, as an SDK
 * that does not fit would end the process before a line of it runs; a process tells those that it starts.
 *
 * @param options a file of JVM options for processes that may open an accelerator, if there is an SDK that works
 * @param missing what they lack, if the launcher looked and they do
 */
public record AcceleratorLaunch(Optional<String> options, Optional<Availability.Missing> missing) {

    private static final String OPTIONS = "alluvium.tornado.options";
    private static final String MISSING = "alluvium.tornado.missing";
    private static final String TODO = "alluvium.tornado.todo";

    /** Nothing: the launcher was not asked for an accelerator, or did not start this process. */
    public static final AcceleratorLaunch NONE = new AcceleratorLaunch(Optional.empty(), Optional.empty());

    /** As this process was started. */
    public static AcceleratorLaunch ofThisProcess() {
        return new AcceleratorLaunch(
                Optional.ofNullable(System.getProperty(OPTIONS)),
                Optional.ofNullable(System.getProperty(MISSING))
                        .map(missing -> new Availability.Missing(missing, System.getProperty(TODO, ""))));
    }

    /**
     * Fails where processes with such a choice could only fail.
     *
     * @throws UnavailableException if it is an accelerator, and they lack something for it
     */
    public void require(TrainConfig.Backend choice) {
        if (choice == TrainConfig.Backend.TORNADO && missing.isPresent()) {
            throw new UnavailableException(
                    missing.get().reason(),
                    "train.backend " + BackendChoice.name(choice),
                    missing.get().todo());
        }
    }

    /** What to begin the JVM options of another process with, so that it can open an accelerator or say why not. */
    public List<String> jvmOptions() {
        if (options.isPresent()) {
            return List.of("@" + options.get(), property(OPTIONS, options.get()));
        }
        return missing.map(lack -> List.of(property(MISSING, lack.reason()), property(TODO, lack.todo())))
                .orElse(List.of());
    }

    private static String property(String name, String value) {
        return "-D" + name + "=" + value;
    }
}
