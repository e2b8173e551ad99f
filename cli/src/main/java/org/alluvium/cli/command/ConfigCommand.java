package org.alluvium.cli.command;

import java.io.PrintWriter;
import org.alluvium.contracts.config.ConfigReference;
import org.alluvium.contracts.error.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks a configuration. */
@Command(
        name = "config",
        description = "Check a configuration, or print the reference of all keys.",
        footer = "  ./alluvium config check --config alluvium.yaml")
final class ConfigCommand extends CommandGroup {

    @Command(
            name = "check",
            description = "Read a configuration and report everything that is wrong with it, each at its line.",
            footer = "  ./alluvium config check --config alluvium.yaml --set train.steps=100")
    int check(@Mixin ConfigOptions options) {
        options.load();
        PrintWriter out = out();
        out.println(options.file() + ": ok");
        out.flush();
        return ExitCode.OK.code();
    }

    @Command(
            name = "reference",
            description = "Print the reference of all keys as Markdown, or an example with every key and its default.",
            footer = "  ./alluvium config reference --example > alluvium.yaml")
    int reference(@Option(names = "--example", description = "Print an alluvium.yaml instead.") boolean example) {
        PrintWriter out = out();
        out.print(example ? ConfigReference.exampleYaml() : ConfigReference.markdown());
        out.flush();
        return ExitCode.OK.code();
    }
}
