package org.alluvium.contracts.store.s3;

import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.alluvium.contracts.error.ObjectStoreException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Says what an answer of the service, or the lack of one, means. */
final class S3Failure {

    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int NOT_IMPLEMENTED = 501;
    private static final int SERVER_ERROR = 500;
    private static final int TOO_MANY = 429;

    private S3Failure() {}

    /**
     * The error to throw.
     *
     * @param action what was tried, as an infinitive with its object
     * @param where URI of the object
     */
    static ObjectStoreException explain(String action, String where, SdkException cause) {
        return cause instanceof S3Exception answer ? answered(action, where, answer) : unanswered(action, where, cause);
    }

    private static ObjectStoreException answered(String action, String where, S3Exception answer) {
        int status = answer.statusCode();
        boolean mayPass = (status >= SERVER_ERROR && status != NOT_IMPLEMENTED) || status == TOO_MANY;
        return new ObjectStoreException(
                where, "cannot " + action + ": " + saying(answer), todo(status, mayPass), mayPass, answer);
    }

    private static String saying(S3Exception answer) {
        String code = Optional.ofNullable(answer.awsErrorDetails())
                .map(AwsErrorDetails::errorCode)
                .map(text -> " " + text)
                .orElse("");
        return "the service answers " + answer.statusCode() + code;
    }

    private static String todo(int status, boolean mayPass) {
        if (status == FORBIDDEN) {
            return "Check s3.accessKey and its secret, and that they may read and write there";
        }
        if (status == NOT_FOUND) {
            return "Check the name of the bucket, s3.region and s3.endpoint; a bucket is not created by itself";
        }
        if (mayPass) {
            return "Look at the state of the service and start again; nothing that was complete is lost";
        }
        return "Check that the service at s3.endpoint supports what Amazon's S3 does, conditional puts among it";
    }

    private static ObjectStoreException unanswered(String action, String where, SdkException cause) {
        Optional<SSLException> insecure = insecure(cause);
        if (insecure.isPresent()) {
            return new ObjectStoreException(
                    where,
                    "cannot " + action + ": there is no secure connection ("
                            + insecure.get().getMessage() + ")",
                    "Let s3.caFile name the authority of the service's certificate, and s3.endpoint the name that is in it",
                    false,
                    cause);
        }
        boolean credentials = cause instanceof SdkClientException
                && String.valueOf(cause.getMessage()).contains("credentials");
        return new ObjectStoreException(
                where,
                "cannot " + action + ": " + (credentials ? "there are no credentials" : cause.getMessage()),
                credentials
                        ? "Set s3.accessKey and s3.secretKeyFile, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
                        : "Check s3.endpoint and the network; nothing that was complete is lost",
                !credentials,
                cause);
    }

    /** What is wrong with the service's certificate, or with its answer to a handshake. */
    private static Optional<SSLException> insecure(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLHandshakeException || cause instanceof SSLPeerUnverifiedException) {
                return Optional.of((SSLException) cause);
            }
        }
        return Optional.empty();
    }
}
