package org.alluvium.cli.command;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that does nothing itself and has others below it; called alone, it names them. */
abstract class CommandGroup implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public final void run() {
        throw new ParameterException(
                commandLine(),
                "a command is missing: one of "
                        + String.join(", ", commandLine().getSubcommands().keySet()));
    }

    /** The command line of this command, which usage errors are about. */
    final CommandLine commandLine() {
        return spec.commandLine();
    }

    /** Standard output, as the command line was given it. */
    final PrintWriter out() {
        return commandLine().getOut();
    }
}
