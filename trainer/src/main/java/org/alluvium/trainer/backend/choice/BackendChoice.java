package org.alluvium.trainer.backend.choice;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.contracts.error.UnavailableException;

/**
 * Chooses among the backends that the class path brings. What was asked for by name is opened or refused, saying what to do;
 * {@code auto} takes the first one that is fast here, saying why not those before it.
 *
 * @param providers in any order
 * @param launch what is known about accelerators where no provider can say it
 */
public record BackendChoice(List<BackendProvider> providers, AcceleratorLaunch launch) {

    public BackendChoice {
        providers = providers.stream()
                .sorted(Comparator.comparingInt(BackendProvider::rank).reversed())
                .toList();
    }

    /** Among these, with nothing else known. */
    public BackendChoice(List<BackendProvider> providers) {
        this(providers, AcceleratorLaunch.NONE);
    }

    /** Among the providers on the class path. */
    public static BackendChoice ofClassPath() {
        List<BackendProvider> providers = ServiceLoader.load(BackendProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        return new BackendChoice(providers, AcceleratorLaunch.ofThisProcess());
    }

    /**
     * Opens a backend.
     *
     * @throws UnavailableException if the one that was asked for, or with {@code auto} any, does not work here
     * @throws org.alluvium.contracts.error.ConfigException if the options name a device that is not there
     */
    public OpenBackend open(TrainConfig.Backend choice, BackendOptions options) {
        return choice == TrainConfig.Backend.AUTO ? fastest(options) : named(choice, options);
    }

    /** Of every backend that can be asked for, by its name, whether it works here. */
    public Map<String, Availability> survey(BackendOptions options) {
        Map<String, Availability> found = new LinkedHashMap<>();
        for (TrainConfig.Backend backend : TrainConfig.Backend.values()) {
            if (backend != TrainConfig.Backend.AUTO) {
                Availability availability = find(backend)
                        .map(provider -> provider.availability(options))
                        .orElseGet(() -> absence(backend));
                found.put(name(backend), availability);
            }
        }
        return found;
    }

    private OpenBackend fastest(BackendOptions options) {
        List<String> passedOver = new ArrayList<>(absent());
        for (BackendProvider provider : providers) {
            switch (provider.availability(options)) {
                case Availability.Fast _ -> {
                    return new OpenBackend(provider.open(options), passedOver);
                }
                case Availability.OnRequest slow -> passedOver.add(provider.name() + ": " + slow.reason());
                case Availability.Missing missing -> passedOver.add(provider.name() + ": " + missing.reason());
            }
        }
        throw new UnavailableException(
                "no backend works here; " + String.join("; ", passedOver),
                where(TrainConfig.Backend.AUTO),
                "Put a module that brings one onto the class path");
    }

    /** Those that could be asked for, if this program had been built with them. */
    private List<String> absent() {
        return List.of(TrainConfig.Backend.values()).stream()
                .filter(choice ->
                        choice != TrainConfig.Backend.AUTO && find(choice).isEmpty())
                .map(choice -> name(choice) + ": " + absence(choice).reason())
                .toList();
    }

    /** Why there is no provider: the launcher knows more than that, of accelerators. */
    private Availability.Missing absence(TrainConfig.Backend choice) {
        return launch.missing()
                .filter(_ -> choice == TrainConfig.Backend.TORNADO)
                .orElseGet(() -> new Availability.Missing(
                        "not part of this build",
                        "Set train.backend to one of "
                                + providers.stream().map(BackendProvider::name).collect(Collectors.joining(", "))
                                + ", or build with the module that brings it"));
    }

    private OpenBackend named(TrainConfig.Backend choice, BackendOptions options) {
        Optional<BackendProvider> provider = find(choice);
        Availability availability =
                provider.map(present -> present.availability(options)).orElseGet(() -> absence(choice));
        if (availability instanceof Availability.Missing(String reason, String todo)) {
            throw new UnavailableException(reason, where(choice), todo);
        }
        return new OpenBackend(provider.orElseThrow().open(options), List.of());
    }

    private Optional<BackendProvider> find(TrainConfig.Backend choice) {
        return providers.stream()
                .filter(provider -> provider.name().equals(name(choice)))
                .findFirst();
    }

    private static String where(TrainConfig.Backend choice) {
        return "train.backend " + name(choice);
    }

    /** As in {@code train.backend}. */
    public static String name(TrainConfig.Backend choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }
}
