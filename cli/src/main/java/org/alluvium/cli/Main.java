package org.alluvium.cli;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import org.alluvium.cli.command.AlluviumCommand;
import org.alluvium.cli.view.PrintableWriter;
import org.alluvium.cli.view.Terminal;
import picocli.CommandLine;

/** Where every process of Alluvium starts. The launcher script at the root of the repository calls this. */
public final class Main {

    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        CommandLine commandLine = commandLine();
        commandLine.setErr(printable(System.err));
        if (Terminal.onStandardOutput().isPresent()) {
            commandLine.setOut(printable(System.out)); // what goes elsewhere is data, and stays as it is
        }
        System.exit(commandLine.execute(arguments));
    }

    private static PrintWriter printable(PrintStream stream) {
        return new PrintWriter(new PrintableWriter(new OutputStreamWriter(stream, stream.charset())), true);
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
