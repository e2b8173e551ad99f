package org.alluvium.dashboard.estimate;

/**
 * What a run would take, all numbers in one place.
 *
 * @param flops all floating-point operations
 * @param attentionFlops the part of them that is attention's
 * @param flopsPerSecond that it takes to be done in time
 * @param devices that it takes, as a broken number
 * @param deviceHours of all of them
 * @param kilowattHours of all of them
 * @param price of all of them
 */
public record Estimate(
        double flops,
        double attentionFlops,
        double flopsPerSecond,
        double devices,
        double deviceHours,
        double kilowattHours,
        double price) {

    /**
     * What work takes that is to be done in some days.
     *
     * @param days it may take
     * @param device what does it: its speed in effect, its power and its price
     */
    public static Estimate of(Work work, double days, Device device) {
        double devices = work.devices(days, device.flopsPerSecond());
        Plan plan = new Plan(work, devices, device.flopsPerSecond(), device.watts(), device.pricePerHour());
        double withoutAttention = new Work(work.parameters(), work.tokens(), Work.Attention.NONE).flops();
        return new Estimate(
                work.flops(),
                work.flops() - withoutAttention,
                work.flopsPerSecond(days),
                devices,
                plan.deviceHours(),
                plan.kilowattHours(),
                plan.price());
    }

    /**
     * What computes.
     *
     * @param flopsPerSecond in effect: its peak times the share of it that training reaches
     * @param watts with its part of machine and cooling
     * @param pricePerHour in any currency
     */
    public record Device(double flopsPerSecond, double watts, double pricePerHour) {}
}
