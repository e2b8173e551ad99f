package org.alluvium.contracts.config;

import java.nio.file.Path;
import java.util.Optional;

/** The {@code mixture} section. */
public record MixtureConfig(
        @Key(doc = "How often documents are trained on, until the control file says something else.", byDefault = "{}")
        WeightsConfig weights,

        @Key(
                doc =
                        "File that changes the weights of a running job: YAML with the keys of mixture.weights, renamed into place."
                                + " It need not be there.",
                byDefault = "")
        Optional<Path> control) {}
