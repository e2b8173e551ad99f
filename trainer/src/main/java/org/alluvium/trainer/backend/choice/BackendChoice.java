package org.alluvium.trainer.backend.choice;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import org.alluvium.contracts.config.TrainConfig;
import org.alluvium.contracts.error.UnavailableException;

/**
 * Chooses among the backends that the class path brings. What was asked for by name is opened or refused, saying what to do;
 * {@code auto} takes the first one that is fast here, saying why not those before it.
 *
 * @param providers in any order
 */
public record BackendChoice(List<BackendProvider> providers) {

    public BackendChoice {
        providers = providers.stream()
                .sorted(Comparator.comparingInt(BackendProvider::rank).reversed())
                .toList();
    }

    /** Among the providers on the class path. */
    public static BackendChoice ofClassPath() {
        return new BackendChoice(ServiceLoader.load(BackendProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList());
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
                .map(choice -> name(choice) + ": not part of this build")
                .toList();
    }

    private OpenBackend named(TrainConfig.Backend choice, BackendOptions options) {
        BackendProvider provider = find(choice)
                .orElseThrow(() -> new UnavailableException(
                        "this build has no such backend; there are "
                                + String.join(
                                        ", ",
                                        providers.stream()
                                                .map(BackendProvider::name)
                                                .toList()),
                        where(choice),
                        "Set train.backend to one of them, or build with the module that brings it"));
        if (provider.availability(options) instanceof Availability.Missing(String reason, String todo)) {
            throw new UnavailableException(reason, where(choice), todo);
        }
        return new OpenBackend(provider.open(options), List.of());
    }

    private Optional<BackendProvider> find(TrainConfig.Backend choice) {
        return providers.stream()
                .filter(provider -> provider.name().equals(name(choice)))
                .findFirst();
    }

    private static String where(TrainConfig.Backend choice) {
        return "train.backend " + name(choice);
    }

    private static String name(TrainConfig.Backend choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }
}
