package org.alluvium.cli.chaos.fleet;

/** What the files say that a deployment is configured with. */
final class SiteText {

    private SiteText() {}

    /**
     * Small and quick in everything: commits each second, losses that are noticed after seconds. Nothing is held out and no step
     * is skipped, so that all that is produced is to be learned. TaskManagers find the JobManager through a gate.
     */
    static String configuration(Site site) {
        return """
                corpus: {dir: corpus}
                sources:
                  - {name: topic, kafka: {brokers: "%1$s", topics: [%2$s]}}
                  - {name: files, path: inbox}
                ingest:
                  parallelism: 2
                  checkpointInterval: 1s
                  discoveryInterval: 500ms
                  orphanGrace: 90s
                cluster:
                  jobManager: http://localhost:%3$d
                  dir: cluster
                  taskManagers: 2
                  slots: 1
                  jobManagerMemory: 700Mi
                  taskManagerMemory: 1Gi
                  patience: 2m
                  flink:
                    jobmanager.rpc.port: "%4$d"
                    jobmanager.rpc.bind-port: "%5$d"
                    heartbeat.interval: 1s
                    heartbeat.timeout: 8s
                    env.java.opts.all: -XX:TieredStopAtLevel=1 -XX:+UseSerialGC %6$s
                    taskmanager.memory.network.min: 32m
                    taskmanager.memory.network.max: 32m
                    taskmanager.memory.managed.size: 64m
                    taskmanager.memory.jvm-overhead.min: 64m
                    taskmanager.memory.framework.off-heap.size: 64m
                model: {preset: tiny, context: 64}
                train:
                  run: run
                  seed: 7
                  batch: 4
                  shuffleWindow: 32
                  threads: 1
                  backend: cpu
                  optimizer: {warmupSteps: 5}
                  guard: {enabled: false}
                  eval: {heldOutPermille: 0, everySteps: 0, sampleEverySteps: 0}
                  checkpoint: {every: 2s, permanentEverySteps: 1000, keepTemporary: 20}
                dashboard: {port: %7$d}
                """.formatted(
                        site.brokers(),
                        Site.TOPIC,
                        site.ports().rest(),
                        site.ports().rpcGate(),
                        site.ports().rpc(),
                        site.clockOption(),
                        site.ports().dashboard());
    }

    /** One node, broker and controller, that clients find through a gate. */
    static String broker(Site site) {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@localhost:%2$d
                listeners=CLIENT://localhost:%1$d,CONTROLLER://localhost:%2$d
                advertised.listeners=CLIENT://%3$s
                listener.security.protocol.map=CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT
                inter.broker.listener.name=CLIENT
                controller.listener.names=CONTROLLER
                log.dirs=%4$s
                auto.create.topics.enable=false
                offsets.topic.num.partitions=1
                offsets.topic.replication.factor=1
                transaction.state.log.num.partitions=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                group.initial.rebalance.delay.ms=0
                num.network.threads=2
                num.io.threads=2
                log.cleaner.dedupe.buffer.size=4194304
                log.retention.ms=-1
                """.formatted(
                        site.ports().broker(),
                        site.ports().controller(),
                        site.brokers(),
                        site.root().resolve("broker").resolve("data"));
    }
}
