package org.alluvium.cli;

import org.alluvium.cli.command.AlluviumCommand;
import picocli.CommandLine;

/** Where every process of Alluvium starts. The launcher script at the root of the repository calls this. */
public final class Main {

    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The whole command line, with its way of reporting errors. */
    public static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new AlluviumCommand());
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setExpandAtFiles(false); // --set @FILE is ours
        commandLine.setUsageHelpAutoWidth(true);
        commandLine.setUsageHelpLongOptionsMaxWidth(28);
        commandLine.setParameterExceptionHandler(new UsageErrorReport());
        commandLine.setExecutionExceptionHandler(new ErrorReport());
        return commandLine;
    }
}
