package org.alluvium.cli.chaos;

import java.nio.file.Path;

/**
 * What a run is asked for.
 *
 * @param folder that must not hold one yet; the report goes there
 * @param minutes of faults, above 0
 * @param rate records produced a second, above 0
 * @param keep whether the deployment stays when all is proved
 */
public record ChaosOptions(Path folder, double minutes, long seed, double rate, boolean keep) {}
