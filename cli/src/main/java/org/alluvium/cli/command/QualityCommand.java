package org.alluvium.cli.command;

import picocli.CommandLine.Command;

/** Makes and judges what judges quality. */
@Command(
        name = "quality",
        description = "Train a model that tells good texts from raw ones, and see how well it does.",
        footer = "  ./alluvium quality train --reference books --raw crawl --output quality.model",
        subcommands = {QualityTrainCommand.class, QualityEvalCommand.class})
final class QualityCommand extends CommandGroup {}
