package org.alluvium.flink.kafka;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import org.alluvium.contracts.config.KafkaConfig;
import org.alluvium.contracts.error.AlluviumException;
import org.alluvium.contracts.error.UnavailableException;
import org.apache.flink.connector.kafka.source.enumerator.subscriber.KafkaSubscriber;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions of the configured topics. While the brokers do not answer, they are the ones last seen, so that a look for
 * new ones does not end a job that could wait; there must have been an answer once.
 */
final class Topics implements KafkaSubscriber {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(Topics.class);

    private final String brokers;
    private final List<String> names;
    private final String pattern; // null without one: Optional is not serializable

    private transient Set<TopicPartition> lastSeen; // null until there was an answer

    Topics(KafkaConfig kafka) {
        this.brokers = kafka.brokers();
        this.names = List.copyOf(kafka.topics());
        this.pattern = kafka.topicPattern().orElse(null);
    }

    @Override
    public Set<TopicPartition> getSubscribedTopicPartitions(AdminClient admin) {
        try {
            lastSeen = partitions(admin);
        } catch (ExecutionException e) {
            AlluviumException problem = explain(e.getCause());
            if (lastSeen == null) {
                throw problem;
            }
            LOG.warn("New partitions are not looked for now: {}", problem.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw explain(e);
        }
        return lastSeen;
    }

    private Set<TopicPartition> partitions(AdminClient admin) throws ExecutionException, InterruptedException {
        Set<TopicPartition> partitions = new HashSet<>();
        for (TopicDescription topic : descriptions(admin).values()) {
            topic.partitions()
                    .forEach(partition -> partitions.add(new TopicPartition(topic.name(), partition.partition())));
        }
        return partitions;
    }

    private Map<String, TopicDescription> descriptions(AdminClient admin)
            throws ExecutionException, InterruptedException {
        if (pattern == null) {
            return admin.describeTopics(names).allTopicNames().get();
        }
        Pattern compiled = Pattern.compile(pattern);
        List<String> matching = admin.listTopics().names().get().stream()
                .filter(name -> compiled.matcher(name).matches())
                .toList();
        return admin.describeTopics(matching).allTopicNames().get();
    }

    private AlluviumException explain(Throwable cause) {
        return KafkaFailure.refusal(cause).orElseGet(() -> unavailable(cause));
    }

    private UnavailableException unavailable(Throwable cause) {
        return cause instanceof UnknownTopicOrPartitionException
                ? new UnavailableException(
                        "there is no such topic among " + names,
                        brokers,
                        "Create it, or correct kafka.topics of the source",
                        cause)
                : new UnavailableException(
                        "the brokers do not say which topics they have (" + cause.getMessage() + ")",
                        brokers,
                        "See that they run, and that kafka.brokers and kafka.properties of the source are right",
                        cause);
    }
}
