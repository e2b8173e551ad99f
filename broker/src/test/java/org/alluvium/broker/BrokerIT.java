package org.alluvium.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerIT {

    @TempDir
    Path folder;

    @Test
    void aKilledBrokerComesBackWithItsTopicsAtTheSameAddress() throws Exception {
        try (Broker broker = Broker.start(folder);
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
            admin.createTopics(List.of(new NewTopic("kept", 3, (short) 1)))
                    .all()
                    .get();

            broker.kill();
            assertThat(broker.process().isAlive()).isFalse();
            broker.restart();

            assertThat(admin.describeTopics(List.of("kept"))
                            .allTopicNames()
                            .get()
                            .get("kept")
                            .partitions())
                    .hasSize(3);
        }
    }
}
