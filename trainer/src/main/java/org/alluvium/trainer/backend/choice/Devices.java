package org.alluvium.trainer.backend.choice;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.alluvium.contracts.error.ConfigException;
import org.alluvium.contracts.error.UnavailableException;
import org.alluvium.trainer.backend.DeviceInfo;

/**
 * The accelerators of this machine.
 *
 * @param all by their number
 */
public record Devices(List<DeviceInfo> all) {

    private static final String WHERE = "train.device";

    public Devices {
        all = List.copyOf(all);
    }

    /**
     * The device of this number or, as far as only one has it, with this part in its name; letters' case does not matter. Without
     * a wish the first GPU, or else the first device.
     *
     * @throws ConfigException if none or several are meant; it lists what there is
     * @throws UnavailableException if there are no devices
     */
    public DeviceInfo choose(Optional<String> wish) {
        if (all.isEmpty()) {
            throw new UnavailableException(
                    "there is no device", WHERE, "Install a driver that lists one, or set train.backend to cpu");
        }
        return wish.filter(text -> !text.isBlank()).map(this::find).orElseGet(this::foremost);
    }

    private DeviceInfo foremost() {
        return all.stream()
                .filter(device -> device.type() == DeviceInfo.Type.GPU)
                .findFirst()
                .orElseGet(all::getFirst);
    }

    private DeviceInfo find(String wish) {
        String part = wish.strip().toLowerCase(Locale.ROOT);
        List<DeviceInfo> meant = all.stream()
                .filter(device -> Integer.toString(device.index()).equals(part))
                .toList();
        if (meant.isEmpty()) {
            meant = all.stream()
                    .filter(device -> device.name().toLowerCase(Locale.ROOT).contains(part))
                    .toList();
        }
        if (meant.size() != 1) {
            throw new ConfigException(
                    (meant.isEmpty() ? "no device is '" : "more than one device is '") + wish.strip() + "'; there are "
                            + String.join(
                                    "; ", all.stream().map(DeviceInfo::line).toList()),
                    WHERE,
                    "Set train.device to the number of one of them");
        }
        return meant.getFirst();
    }
}
