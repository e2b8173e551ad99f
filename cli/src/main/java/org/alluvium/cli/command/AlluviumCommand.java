package org.alluvium.cli.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The root: lists the commands and holds the options that all of them have. */
@Command(
        name = "alluvium",
        description = "From arriving text to a transformer that learns from it, exactly once.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class,
        scope = ScopeType.INHERIT,
        sortOptions = false,
        descriptionHeading = "%n",
        optionListHeading = "%n",
        parameterListHeading = "%n",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nExamples:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "  0:the command did what was asked",
            "  1:it ran but did not reach what was asked, or an unexpected error occurred",
            " 64:the command line was wrong",
            " 65:data on disk is damaged or is not what its digest says",
            " 69:something needed is not there: a JDK, a port, a process, a file",
            " 74:reading or writing failed: disk full, permission, missing directory",
            " 75:a newer process has taken over; this one stopped without changing anything",
            " 76:parts that must belong together do not: tokenizer, model, corpus or checkpoint",
            " 78:the configuration file was refused",
            "130:stopped by the user before the goal was reached"
        },
        footer = {
            "  ./alluvium demo                        stream, ingest and train on this machine, now",
            "  ./alluvium up --config alluvium.yaml   the same for your own text",
            "  ./alluvium COMMAND --help              options and an example of any command"
        },
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            IngestCommand.class,
            ClusterCommand.class,
            SubmitCommand.class,
            UpgradeCommand.class,
            RescaleCommand.class,
            CancelCommand.class,
            JobsCommand.class,
            GatewayCommand.class,
            DashboardCommand.class,
            EstimateCommand.class,
            TrainCommand.class,
            SweepCommand.class,
            StatusCommand.class,
            GenerateCommand.class,
            EvaluateCommand.class,
            ExportCommand.class,
            CorpusCommand.class,
            DeadLettersCommand.class,
            TakedownCommand.class,
            TokenizerCommand.class,
            QualityCommand.class,
            CheckpointCommand.class,
            TraceCommand.class,
            ProveCommand.class,
            ConfigCommand.class,
            DoctorCommand.class,
            ChaosCommand.class,
            CompletionCommand.class,
            VersionCommand.class
        })
public final class AlluviumCommand extends CommandGroup {

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show the stack trace of an error.")
    private boolean debug;

    /** Whether stack traces are wanted. */
    public boolean debug() {
        return debug;
    }

    /** The root command that the given command was reached through. */
    public static AlluviumCommand of(CommandLine command) {
        CommandLine root = command;
        while (root.getParent() != null) {
            root = root.getParent();
        }
        return root.getCommand();
    }
}
