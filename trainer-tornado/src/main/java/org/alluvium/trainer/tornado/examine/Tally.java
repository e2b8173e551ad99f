package org.alluvium.trainer.tornado.examine;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.alluvium.trainer.backend.examine.KernelVerdict;
import org.alluvium.trainer.tornado.kernel.Kernel;

/** What was found of every kernel so far. */
final class Tally {

    private final Map<Kernel, KernelVerdict> verdicts = new EnumMap<>(Kernel.class);

    /** A call came out with this error. */
    void compared(Kernel kernel, double error) {
        KernelVerdict before = of(kernel);
        verdicts.put(
                kernel,
                new KernelVerdict(
                        before.kernel(), before.calls() + 1, Math.max(before.error(), error), before.failure()));
    }

    /** A call did not run. */
    void failed(Kernel kernel, Throwable reason) {
        KernelVerdict before = of(kernel);
        String words = String.valueOf(reason.getMessage()).lines().findFirst().orElse("");
        verdicts.put(kernel, new KernelVerdict(before.kernel(), before.calls(), before.error(), Optional.of(words)));
    }

    private KernelVerdict of(Kernel kernel) {
        return verdicts.getOrDefault(kernel, new KernelVerdict(kernel.name(), 0, 0, Optional.empty()));
    }

    /** Of every kernel that was called, in the order of their declaration. */
    List<KernelVerdict> verdicts() {
        return List.copyOf(verdicts.values());
    }
}
