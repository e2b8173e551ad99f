package org.alluvium.flink.kafka;

import java.util.Optional;
import org.alluvium.contracts.error.AlluviumException;
import org.alluvium.contracts.error.DataException;
import org.alluvium.contracts.error.UnavailableException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;

/** What a person can do about an error of Kafka's client. */
public final class KafkaFailure {

    private KafkaFailure() {}

    /** The error in our words, if there is something to be done about it. */
    public static Optional<AlluviumException> explain(KafkaException error) {
        if (error instanceof OffsetOutOfRangeException gone) {
            return Optional.of(new DataException(
                    "the broker no longer has the messages that are next (" + gone.offsetOutOfRangePartitions()
                            + "): its retention has deleted them, or the topic was made anew",
                    "Kafka",
                    "To go on without them, set kafka.properties of the source to {auto.offset.reset: earliest}",
                    error));
        }
        if (error instanceof AuthenticationException || error instanceof AuthorizationException) {
            return Optional.of(new UnavailableException(
                    "the brokers refuse us: " + error.getMessage(),
                    "Kafka",
                    "Correct kafka.properties of the source, or the rights of its user",
                    error));
        }
        return error instanceof RetriableException
                ? Optional.of(new UnavailableException(
                        "the brokers do not answer: " + error.getMessage(), "Kafka", "See that they run", error))
                : Optional.empty();
    }
}
