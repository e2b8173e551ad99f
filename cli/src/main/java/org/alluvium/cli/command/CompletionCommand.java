package org.alluvium.cli.command;

import java.io.PrintWriter;
import java.util.Locale;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a completion script, made from the commands as they are. */
@Command(
        name = "completion",
        description = "Print a script that completes commands and options in a shell.",
        footer = {
            "  bash:  source <(./alluvium completion bash)",
            "  zsh:   source <(./alluvium completion zsh)",
            "Put the line into ~/.bashrc or ~/.zshrc, with the full path, to have it always."
        })
final class CompletionCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}")
    private Shell shell;

    /** Shells that there is a script for. */
    enum Shell {
        BASH,
        ZSH;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public void run() {
        CommandLine root = spec.root().commandLine();
        PrintWriter out = spec.commandLine().getOut();
        if (shell == Shell.ZSH) {
            // Zsh runs bash's completion functions once these two are loaded.
            out.println("autoload -Uz compinit && compinit");
            out.println("autoload -Uz bashcompinit && bashcompinit");
        }
        out.println(AutoComplete.bash("alluvium", root));
        out.flush();
    }
}
