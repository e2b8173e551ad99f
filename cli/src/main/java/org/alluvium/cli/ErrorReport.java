package org.alluvium.cli;

import java.io.PrintWriter;
import org.alluvium.cli.command.AlluviumCommand;
import org.alluvium.contracts.error.AlluviumException;
import org.alluvium.contracts.error.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * Reports what a command threw. An error a person can act on is its message, and with {@code --debug} its stack trace; any
 * other is a defect, and always comes with the stack trace that whoever mends it will ask for.
 */
final class ErrorReport implements IExecutionExceptionHandler {

    @Override
    public int handleExecutionException(Exception error, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        try {
            if (error instanceof AlluviumException actionable) {
                err.println("alluvium: " + actionable.getMessage());
                if (AlluviumCommand.of(command).debug()) {
                    actionable.printStackTrace(err);
                }
                return actionable.exitCode().code();
            }
            err.println("alluvium: unexpected error, a defect of Alluvium: " + error);
            error.printStackTrace(err);
            return ExitCode.FAILED.code();
        } finally {
            err.flush();
        }
    }
}
