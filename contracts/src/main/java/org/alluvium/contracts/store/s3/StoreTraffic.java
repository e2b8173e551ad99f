package org.alluvium.contracts.store.s3;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Counts what goes to services of S3 and comes back, by operation, as the service names it. Thread-safe; any number of clients
 * may count in one place.
 */
public final class StoreTraffic {

    /** Told from the start: what was never told cannot be seen to rise. */
    static final List<String> OPERATIONS = List.of(
            "GetObject",
            "HeadObject",
            "PutObject",
            "CreateMultipartUpload",
            "UploadPart",
            "CompleteMultipartUpload",
            "AbortMultipartUpload",
            "ListMultipartUploads",
            "ListObjectsV2",
            "DeleteObject");

    private static final ExecutionAttribute<Long> STARTED = new ExecutionAttribute<>("AlluviumStarted");
    private static final ExecutionAttribute<Integer> SENT = new ExecutionAttribute<>("AlluviumSent");
    private static final int NOT_FOUND = 404;
    private static final int PRECONDITION_FAILED = 412;

    /** What all stores of this process have to do with their services, but for those that are opened with counts of their own. */
    static final StoreTraffic OF_PROCESS = new StoreTraffic();

    private final Map<String, Counts> counts = new LinkedHashMap<>();

    /** Of one operation. */
    static final class Counts {
        final LongAdder operations = new LongAdder();
        final LongAdder errors = new LongAdder();
        final LongAdder requests = new LongAdder();
        final LongAdder repetitions = new LongAdder();
        final LongAdder nanos = new LongAdder();
        final LongAdder sentBytes = new LongAdder();
        final LongAdder receivedBytes = new LongAdder();
    }

    public StoreTraffic() {
        OPERATIONS.forEach(operation -> counts.put(operation, new Counts()));
    }

    Counts of(String operation) {
        return counts.get(operation);
    }

    /** What a client tells its traffic to. */
    ExecutionInterceptor interceptor() {
        return new Counting();
    }

    private final class Counting implements ExecutionInterceptor {

        @Override
        public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
            attributes.putAttribute(STARTED, System.nanoTime());
            attributes.putAttribute(SENT, 0);
        }

        @Override
        public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
            counts(attributes).ifPresent(of -> {
                int before = attributes.getAttribute(SENT);
                attributes.putAttribute(SENT, before + 1);
                of.requests.increment();
                of.repetitions.add(before == 0 ? 0 : 1);
                of.sentBytes.add(context.requestBody()
                        .flatMap(RequestBody::optionalContentLength)
                        .orElse(0L));
            });
        }

        @Override
        public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
            counts(attributes)
                    .ifPresent(of -> of.receivedBytes.add(context.httpResponse()
                            .firstMatchingHeader("Content-Length")
                            .map(Long::parseLong)
                            .orElse(0L)));
        }

        @Override
        public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
            ended(attributes, false);
        }

        @Override
        public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
            ended(attributes, !isAnswer(context.exception()));
        }

        private void ended(ExecutionAttributes attributes, boolean failed) {
            counts(attributes).ifPresent(of -> {
                of.operations.increment();
                of.errors.add(failed ? 1 : 0);
                of.nanos.add(System.nanoTime() - attributes.getAttribute(STARTED));
            });
        }

        private Optional<Counts> counts(ExecutionAttributes attributes) {
            return Optional.ofNullable(counts.get(attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME)));
        }
    }

    /** That an object is not there, or is there already, is what was asked. */
    private static boolean isAnswer(Throwable error) {
        return error instanceof S3Exception answer
                && (answer.statusCode() == NOT_FOUND || answer.statusCode() == PRECONDITION_FAILED);
    }
}
