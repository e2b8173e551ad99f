package org.alluvium.cli.command;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.alluvium.cli.local.StopOnSignal;
import org.alluvium.cli.supervise.ParentWatch;
import org.alluvium.contracts.clock.WallClock;
import org.alluvium.contracts.error.ExitCode;
import org.alluvium.gateway.Gateway;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Takes documents over HTTP until it is told to stop. */
@Command(
        name = "gateway",
        description = {
            "Take documents over HTTP and keep them for the source that gateway.source names, until Ctrl-C.",
            "",
            "POST /documents takes JSON, NDJSON and Avro, and answers 202 once they would survive a power cut;"
                    + " GET /healthz, /readyz and /metrics tell how it is doing. The log is logs/gateway.log beside the configuration."
        },
        footer = {
            "  ./alluvium gateway --config alluvium.yaml",
            "  curl -H 'Content-Type: application/json' -d '{\"text\": \"…\"}' http://127.0.0.1:8470/documents"
        })
final class GatewayCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOptions options;

    @Override
    public Integer call() throws InterruptedException {
        ProcessLog.startBeside(options.file(), "gateway");
        ParentWatch.startIfSupervised();
        CountDownLatch stop = new CountDownLatch(1);
        try (StopOnSignal signal = StopOnSignal.install();
                Gateway gateway = Gateway.start(options.load(), System.getenv(), WallClock.ofThisProcess())) {
            signal.passTo(stop::countDown);
            PrintWriter out = spec.commandLine().getOut();
            out.println("taking documents at " + gateway.address() + "/documents");
            gateway.caution().ifPresent(out::println);
            out.flush();
            stop.await();
        }
        return ExitCode.INTERRUPTED.code();
    }
}
