package org.alluvium.cli.command;

import picocli.CommandLine.Command;

/** Tells where learning came from: of a step, of a document, between two checkpoints. */
@Command(
        name = "trace",
        description = "Tell what was learned from what: of a step, of a document, between two checkpoints.",
        footer = "  ./alluvium trace step 1200 --config alluvium.yaml",
        subcommands = {TraceStepCommand.class, TraceDocCommand.class, TraceCheckpointCommand.class})
final class TraceCommand extends CommandGroup {}
