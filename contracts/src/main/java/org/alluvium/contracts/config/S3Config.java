package org.alluvium.contracts.config;

import java.nio.file.Path;
import java.util.Optional;

/** The {@code s3} section. */
public record S3Config(
        @Key(
                doc = "Address of the service, such as http://localhost:9000; without one, Amazon's in the region.",
                byDefault = "")
        Optional<String> endpoint,

        @Key(doc = "Region of the buckets.", byDefault = "us-east-1")
        String region,

        @Key(
                doc =
                        "Whether the bucket's name is part of the path rather than of the host: most services but Amazon's"
                                + " need true.",
                byDefault = "false")
        boolean pathStyle,

        @Key(
                doc = "Access key; without one, credentials are looked for in the environment (AWS_ACCESS_KEY_ID and"
                        + " AWS_SECRET_ACCESS_KEY) and wherever else Amazon's clients look.",
                byDefault = "")
        Optional<String> accessKey,

        @Key(doc = "File that holds the access key's secret.", byDefault = "")
        Optional<Path> secretKeyFile,

        @Key(
                doc =
                        "PEM file of the authorities that the certificate of an https endpoint is checked against; without one,"
                                + " those that Java trusts. Flink's own file system on a cluster trusts whom the cluster's Java trusts.",
                byDefault = "")
        Optional<Path> caFile) {}
