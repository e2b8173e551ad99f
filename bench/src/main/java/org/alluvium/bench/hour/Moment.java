package org.alluvium.bench.hour;

import java.time.Instant;
import org.alluvium.bench.soak.ProcessProbe;

/**
 * One look at the trainer.
 *
 * @param minute since it was started
 */
record Moment(double minute, Instant time, ProcessProbe.Reading process) {}
