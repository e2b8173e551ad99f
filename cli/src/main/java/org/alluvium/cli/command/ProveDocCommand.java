package org.alluvium.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.alluvium.cli.proof.Proof;
import org.alluvium.cli.proof.Prover;
import org.alluvium.cli.view.Terminal;
import org.alluvium.contracts.checkpoint.CheckpointManifest;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.contracts.error.StorageException;
import org.alluvium.contracts.layout.RunLayout;
import org.alluvium.contracts.store.Sha256;
import org.alluvium.trainer.checkpoint.Checkpoint;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Proves that a model has learned from a document. */
@Command(
        name = "doc",
        description = {
            "Prove that the model of a checkpoint has learned from a document.",
            "",
            "The proof has the document's row without its text: id, source, origin, address, times and digests. It is checked with"
                    + " nothing but Java, the proof and the checkpoint, or the SHA-256 of its MANIFEST.json:",
            "  java verifier/src/main/java/org/alluvium/verifier/Verify.java PROOF CHECKPOINT",
            "Nothing can be proved of what older releases wrote, or of what was taken down since."
        },
        footer = {
            "  ./alluvium prove doc crawl-000017 --checkpoint .alluvium/demo/run --corpus .alluvium/demo/corpus",
            "  ./alluvium prove doc crawl-000017 --checkpoint 1200 --step 412 --output proof.json"
        })
final class ProveDocCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private TraceOptions options;

    @Parameters(paramLabel = "ID", description = "Id of the document.")
    private String document;

    @Option(
            names = "--checkpoint",
            required = true,
            paramLabel = "C",
            description = "The checkpoint: its step, its folder, or the folder of the run for its newest one.")
    private String checkpoint;

    @Option(
            names = "--step",
            paramLabel = "N",
            description = "The step that learned from it (default: the first that did).")
    private Long step;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Where the proof goes; a file that is there is replaced (default: proof.json).")
    private Path output = Path.of("proof.json");

    @Override
    public Integer call() {
        Checkpoint found = checkpoint();
        RunLayout run = new RunLayout(
                found.path().toAbsolutePath().normalize().getParent().getParent());
        PrintWriter err = spec.commandLine().getErr();
        ProgressLine progress = new ProgressLine(err, Terminal.onStandardError().isPresent(), System::nanoTime);
        progress.begin("reading the journal");
        Proof proof = new Prover(run, options.corpus(), progress::at)
                .prove(found, document, step == null ? OptionalLong.empty() : OptionalLong.of(step));
        write(Json.text(proof) + "\n");
        PrintWriter out = spec.commandLine().getOut();
        out.printf("The proof is in %s%n", output);
        out.printf("piece       %s%n", proof.piece().leaf());
        out.printf("row         %s%n", proof.row().leaf());
        out.printf("checkpoint  %s%n", found.path());
        out.printf("manifest    %s%n", manifestDigest(found));
        out.printf("%nTo check it: java Verify.java %s %s%n", output, found.path());
        out.flush();
        return ExitCode.OK.code();
    }

    private Checkpoint checkpoint() {
        if (checkpoint.matches("\\d{1,18}")) {
            return Checkpoint.open(CheckpointOption.resolve(options.run().checkpoint(Long.parseLong(checkpoint))));
        }
        return Checkpoint.open(CheckpointOption.resolve(Path.of(checkpoint)));
    }

    private static String manifestDigest(Checkpoint checkpoint) {
        Path manifest = checkpoint.path().resolve(CheckpointManifest.NAME);
        try {
            return Sha256.of(manifest);
        } catch (IOException e) {
            throw StorageException.of("read the manifest", manifest, e);
        }
    }

    private void write(String proof) {
        try {
            Files.writeString(output, proof);
        } catch (IOException e) {
            throw StorageException.of("write the proof", output, e);
        }
    }
}
