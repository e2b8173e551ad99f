package org.alluvium.flink.kafka;

import java.util.Optional;
import javax.net.ssl.SSLException;
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
        Optional<AlluviumException> refusal = refusal(error);
        if (refusal.isPresent()) {
            return refusal;
        }
        return error instanceof RetriableException
                ? Optional.of(new UnavailableException(
                        "the brokers do not answer: " + error.getMessage(), "Kafka", "See that they run", error))
                : Optional.empty();
    }

    /** Why brokers and this program do not come together, if that is so: a certificate, a password, a right, a file of ours. */
    static Optional<AlluviumException> refusal(Throwable error) {
        Optional<AlluviumException> own = first(error, AlluviumException.class);
        if (own.isPresent()) {
            return own;
        }
        Optional<SSLException> insecure = first(error, SSLException.class);
        if (insecure.isPresent()) {
            return Optional.of(new UnavailableException(
                    "there is no secure connection to the brokers: "
                            + insecure.get().getMessage(),
                    "Kafka",
                    "Let kafka.access.caFile of the source name the authority of the brokers' certificates, and keyStore what"
                            + " they want to see",
                    error));
        }
        return error instanceof AuthenticationException || error instanceof AuthorizationException
                ? Optional.of(new UnavailableException(
                        "the brokers refuse us: " + error.getMessage(),
                        "Kafka",
                        "Correct kafka.access of the source, or the rights of its user",
                        error))
                : Optional.empty();
    }

    private static <T> Optional<T> first(Throwable error, Class<T> type) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return Optional.of(type.cast(cause));
            }
        }
        return Optional.empty();
    }
}
