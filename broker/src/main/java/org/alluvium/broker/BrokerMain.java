package org.alluvium.broker;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.utils.Time;

/**
 * The broker's process: formats its folder if it is new, serves, and says so with the line {@value #READY} on its standard
 * output. It ends when its standard input does, so that no broker outlives whoever started it.
 */
final class BrokerMain {

    static final String READY = "ready";

    /** Property that is not Kafka's: a user, as the program that formats takes it. */
    static final String USER = "alluvium.user";

    /** Any cluster id will do, as long as it is 16 bytes in unpadded Base64. */
    private static final String CLUSTER_ID = "YWxsdXZpdW0tYnJva2VyMQ";

    private BrokerMain() {}

    /**
     * Runs the broker.
     *
     * @param args the file of its properties; {@value #USER} among them is somebody it knows from the beginning
     */
    public static void main(String[] args) throws IOException {
        Path file = Path.of(args[0]);
        Thread watch = new Thread(BrokerMain::endWithInput, "end-of-input");
        watch.setDaemon(true);
        watch.start();
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        int formatted = StorageTool.execute(format(file, (String) properties.remove(USER)), System.err);
        if (formatted != 0) {
            System.exit(formatted);
        }
        KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(properties), Time.SYSTEM);
        server.startup();
        System.out.println(READY);
        server.awaitShutdown();
    }

    private static String[] format(Path file, String user) {
        List<String> line = new ArrayList<>(
                List.of("format", "--ignore-formatted", "--config", file.toString(), "--cluster-id", CLUSTER_ID));
        if (user != null) {
            line.addAll(List.of("--add-scram", user));
        }
        return line.toArray(String[]::new);
    }

    private static void endWithInput() {
        try (Reader input = new InputStreamReader(System.in, StandardCharsets.UTF_8)) {
            while (input.read() >= 0) {
                // Nothing is ever said; only the end counts.
            }
        } catch (IOException closed) {
            System.err.println("standard input: " + closed);
        }
        Runtime.getRuntime().halt(0);
    }
}
