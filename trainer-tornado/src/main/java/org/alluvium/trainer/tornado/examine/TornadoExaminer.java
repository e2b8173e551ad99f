package org.alluvium.trainer.tornado.examine;

import java.util.List;
import java.util.Optional;
import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.trainer.backend.DeviceInfo;
import org.alluvium.trainer.backend.choice.Devices;
import org.alluvium.trainer.backend.examine.AcceleratorExaminer;
import org.alluvium.trainer.backend.examine.KernelVerdict;
import org.alluvium.trainer.tornado.Library;
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
        Device opened = Accelerators.find().open(Optional.of(Integer.toString(device.index())));
        return compare(opened, device.type(), Library.chosen(device, TrainConfig.Precision.AUTO));
    }

    /** Of the kernels that are meant for this type, on any device, which is closed. */
    static List<KernelVerdict> compare(Device device, DeviceInfo.Type type, Library library) {
        Tally tally = new Tally();
        Exercise.withEveryOperation(() -> new TornadoBackend(new ComparingDevice(device, tally), type, library));
        device.close();
        return tally.verdicts();
    }
}
