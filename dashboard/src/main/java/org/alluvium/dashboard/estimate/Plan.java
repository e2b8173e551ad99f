package org.alluvium.dashboard.estimate;

/**
 * Work on some machines.
 *
 * @param work to be done
 * @param devices that share it, without loss
 * @param flopsPerSecond that one device does in effect: its peak times the share of it that training reaches
 * @param watts that one device takes, with its part of machine and cooling
 * @param pricePerHour of one device
 */
public record Plan(Work work, double devices, double flopsPerSecond, double watts, double pricePerHour) {

    static final double SECONDS_A_DAY = 86_400;
    private static final double HOURS_A_DAY = 24;
    private static final double WATTS_A_KILOWATT = 1_000;

    public Plan {
        if (!(devices > 0 && flopsPerSecond > 0)) {
            throw new IllegalArgumentException("devices and their speed must be above zero");
        }
    }

    /** How long it takes. */
    public double days() {
        return work.flops() / (devices * flopsPerSecond) / SECONDS_A_DAY;
    }

    /** Hours of all devices together. */
    public double deviceHours() {
        return devices * days() * HOURS_A_DAY;
    }

    /** Energy, in kilowatt-hours. */
    public double kilowattHours() {
        return deviceHours() * watts / WATTS_A_KILOWATT;
    }

    /** What it costs, in the currency of the price. */
    public double price() {
        return deviceHours() * pricePerHour;
    }
}
