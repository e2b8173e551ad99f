package org.alluvium.contracts.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The {@code gateway} section. */
public record GatewayConfig(
        @Key(
                doc =
                        "Name of the source that reads what is pushed; the gateway needs one. It is a folder of JSON lines with"
                                + " files.after: delete, or one Kafka topic of JSON.",
                byDefault = "")
        Optional<String> source,

        @Key(doc = "Address to listen on; one that other machines reach requires a token.", byDefault = "127.0.0.1")
        String host,

        @Key(doc = "Port to listen on; 0 takes any that is free.", byDefault = "8470", min = 0, max = 65535)
        int port,

        @Key(
                doc = "File that holds the token that requests must bring; without one, the environment variable"
                        + " ALLUVIUM_GATEWAY_TOKEN is looked at.",
                byDefault = "")
        Optional<Path> tokenFile,

        @Key(doc = "What https is answered with; without it, http is.", byDefault = "")
        Optional<TlsConfig> tls,

        @Key(
                doc = "Longest body of a request in bytes, after decompression; a longer one is refused.",
                byDefault = "64Mi",
                min = 1024,
                max = 1073741824)
        long maxBodyBytes,

        @Key(
                doc = "Memory in bytes that all requests together may take; beyond it they are told to come later.",
                byDefault = "512Mi",
                min = 65536)
        long maxInFlightBytes,

        @Key(
                doc = "Bytes in the source's folder beyond which requests are told to come later.",
                byDefault = "4Gi",
                min = 0)
        long maxBacklogBytes,

        @Key(
                doc =
                        "Records of the source's topic that ingest has yet to read beyond which requests are told to come later.",
                byDefault = "1000000",
                min = 0)
        long maxBacklogRecords,

        @Key(doc = "Longest time from a document's arrival until ingest can find it in the folder.", byDefault = "1s")
        Duration publishAfter,

        @Key(doc = "How long a client that is to come later is told to wait.", byDefault = "5s", min = 1)
        Duration retryAfter) {}
