package org.alluvium.contracts.store.s3;

import java.net.URI;
import java.nio.file.Path;
import javax.net.ssl.TrustManager;
import org.alluvium.contracts.access.Secret;
import org.alluvium.contracts.access.Tls;
import org.alluvium.contracts.config.S3Config;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Sets Amazon's client up for any service that speaks S3. */
final class S3Clients {

    private static final int CONFLICT = 409;

    private S3Clients() {}

    static S3Client open(S3Config s3, Patience patience) {
        return open(s3, patience, StoreTraffic.OF_PROCESS);
    }

    static S3Client open(S3Config s3, Patience patience, StoreTraffic traffic) {
        S3ClientBuilder builder = S3Client.builder()
                .region(Region.of(s3.region()))
                .forcePathStyle(s3.pathStyle())
                .credentialsProvider(credentials(s3))
                // Uploads carry MD5, which every service checks; the newer checksums are refused by some.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .httpClientBuilder(http(s3, patience))
                .overrideConfiguration(override -> override.retryStrategy(retries(patience))
                        .apiCallAttemptTimeout(patience.attempt())
                        .addExecutionInterceptor(traffic.interceptor()));
        // Amazon's way to sign an upload piece by piece; other services refuse it.
        s3.endpoint()
                .ifPresent(endpoint -> builder.endpointOverride(URI.create(endpoint))
                        .serviceConfiguration(service -> service.chunkedEncodingEnabled(false)));
        return builder.build();
    }

    private static UrlConnectionHttpClient.Builder http(S3Config s3, Patience patience) {
        UrlConnectionHttpClient.Builder http = UrlConnectionHttpClient.builder()
                .connectionTimeout(patience.connect())
                .socketTimeout(patience.silence());
        s3.caFile().ifPresent(file -> {
            TrustManager[] authorities = Tls.authorities(file, "s3.caFile");
            http.tlsTrustManagersProvider(() -> authorities);
        });
        return http;
    }

    /** Every request is repeated on its own account: what others have met with says nothing about this one. */
    private static StandardRetryStrategy retries(Patience patience) {
        BackoffStrategy backoff = BackoffStrategy.exponentialDelay(patience.firstPause(), patience.longestPause());
        return AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .maxAttempts(patience.attempts())
                .backoffStrategy(backoff)
                .throttlingBackoffStrategy(backoff)
                .circuitBreakerEnabled(false)
                .retryOnException(S3Clients::isUndecided)
                .build();
    }

    /** Two conditional puts at once: the service asks both to come again, and then knows who was first. */
    private static boolean isUndecided(Throwable error) {
        return error instanceof S3Exception refusal && refusal.statusCode() == CONFLICT;
    }

    private static AwsCredentialsProvider credentials(S3Config s3) {
        if (s3.accessKey().isEmpty()) {
            return DefaultCredentialsProvider.builder().build();
        }
        String key = s3.accessKey().get();
        Path file = s3.secretKeyFile().orElseThrow(() -> new IllegalStateException("s3.accessKey has no secret"));
        // Read again for every request, so that a secret that is replaced is taken up.
        return () -> AwsBasicCredentials.create(
                key, Secret.read(file, "s3.secretKeyFile").value());
    }
}
