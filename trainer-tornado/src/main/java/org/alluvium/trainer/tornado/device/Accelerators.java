package org.alluvium.trainer.tornado.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.trainer.backend.DeviceInfo;
import org.alluvium.trainer.backend.choice.Devices;
import uk.ac.manchester.tornado.api.TornadoBackend;
import uk.ac.manchester.tornado.api.TornadoRuntime;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

/** What TornadoVM finds on this machine, in its order. */
public final class Accelerators {

    /** Why none was found, as a clause. */
    public static final String NONE_WORKS = "TornadoVM finds no device that works here";

    /** What to do then. */
    public static final String WHAT_TO_INSTALL =
            "Install the driver of your device; for OpenCL it must be named in /etc/OpenCL/vendors";

    private static final String SET_BY_THE_SDK = "tornado.load.runtime.implementation";

    private static final Pattern DRIVER_VERSION = Pattern.compile("(?m)^Driver version\\s*:(.*)$");

    private final List<TornadoDevice> found = new ArrayList<>();
    private final List<DeviceInfo> described = new ArrayList<>();

    private Accelerators(TornadoRuntime runtime) {
        for (int backend = 0; backend < runtime.getNumBackends(); backend++) {
            TornadoBackend drivers = runtime.getBackend(backend);
            for (int device = 0; device < drivers.getNumDevices(); device++) {
                add(drivers, drivers.getDevice(device));
            }
        }
    }

    private void add(TornadoBackend drivers, TornadoDevice device) {
        described.add(new DeviceInfo(
                found.size(),
                device.getPhysicalDevice().getDeviceName().strip(),
                type(device.getDeviceType()),
                device.getPlatformName().strip(),
                driverVersion(device),
                "TornadoVM by " + drivers.getName(),
                device.getMaxGlobalMemory(),
                device.getMaxAllocMemory(),
                device.getPhysicalDevice().getDeviceMaxComputeUnits()));
        found.add(device);
    }

    /** TornadoVM tells it within a text for people only, and not of every kind of device. */
    private static String driverVersion(TornadoDevice device) {
        Matcher matcher = DRIVER_VERSION.matcher(device.getPhysicalDevice().getDeviceInfo());
        return matcher.find() ? matcher.group(1).strip() : "of unknown version";
    }

    private static DeviceInfo.Type type(TornadoDeviceType type) {
        return switch (type) {
            case GPU -> DeviceInfo.Type.GPU;
            case CPU -> DeviceInfo.Type.CPU;
            default -> DeviceInfo.Type.OTHER;
        };
    }

    /** Whether this process was started with TornadoVM. */
    public static boolean startedWithTornado() {
        return System.getProperty(SET_BY_THE_SDK) != null;
    }

    /**
     * All of them.
     *
     * @throws UnavailableException if the runtime finds no device that works
     */
    public static Accelerators find() {
        try {
            return new Accelerators(TornadoRuntimeProvider.getTornadoRuntime());
        } catch (LinkageError | RuntimeException e) { // the runtime starts in a static initializer
            throw new UnavailableException(
                    NONE_WORKS + " (" + rootCause(e) + ")", "train.backend tornado", WHAT_TO_INSTALL, e);
        }
    }

    private static Throwable rootCause(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** As descriptions. */
    public Devices devices() {
        return new Devices(described);
    }

    /** Opens the device that is meant. */
    public GraphDevice open(Optional<String> wish) {
        DeviceInfo chosen = devices().choose(wish);
        return new GraphDevice(found.get(chosen.index()), chosen);
    }
}
