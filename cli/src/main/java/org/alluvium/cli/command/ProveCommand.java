package org.alluvium.cli.command;

import picocli.CommandLine.Command;

/** Writes proofs that others can check without corpus and run. */
@Command(
        name = "prove",
        description = "Write a proof of what a model has learned from, which others can check without the corpus.",
        footer = "  ./alluvium prove doc crawl-000017 --checkpoint .alluvium/demo/run --config alluvium.yaml",
        subcommands = ProveDocCommand.class)
final class ProveCommand extends CommandGroup {}
