package org.alluvium.contracts.config;

import java.nio.file.Path;

/** What one of our servers shows of itself: the {@code tls} group of whatever listens. */
public record TlsConfig(
        @Key(
                doc =
                        "PEM file of the server's certificate, and after it of those that lead to its authority (tls.crt of a"
                                + " Kubernetes Secret). Read again when it changes.",
                example = "tls/tls.crt")
        Path certificateFile,

        @Key(
                doc =
                        "PEM file of the certificate's key, RSA or EC, without a password (tls.key of a Kubernetes Secret).",
                example = "tls/tls.key")
        Path keyFile) {}
