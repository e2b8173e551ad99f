package org.alluvium.trainer.tornado.examine;

import java.util.List;
import java.util.Optional;
import org.alluvium.trainer.backend.DeviceInfo;
import org.alluvium.trainer.backend.choice.Devices;
import org.alluvium.trainer.backend.examine.AcceleratorExaminer;
import org.alluvium.trainer.backend.examine.KernelVerdict;
import org.alluvium.trainer.tornado.TornadoBackend;
import org.alluvium.trainer.tornado.device.Accelerators;
import org.alluvium.trainer.tornado.device.Device;

/** Examines the devices of TornadoVM. */
public final class TornadoExaminer implements AcceleratorExaminer {

    @Override
    public Devices devices() {
        return Accelerators.find().devices();
    }

    @Override
    public List<KernelVerdict> compare(DeviceInfo device) {
        return compare(Accelerators.find().open(Optional.of(Integer.toString(device.index()))), device.type());
    }

    /** Of the kernels that are meant for this type, on any device, which is closed. */
    static List<KernelVerdict> compare(Device device, DeviceInfo.Type type) {
        Tally tally = new Tally();
        Exercise.withEveryOperation(() -> new TornadoBackend(new ComparingDevice(device, tally), type));
        device.close();
        return tally.verdicts();
    }
}
