package org.alluvium.contracts.config;

import java.nio.file.Path;
import java.util.Optional;

/** The {@code kafka.access} group of a source: how this program shows brokers who it is, and knows them. */
public record KafkaAccessConfig(
        @Key(doc = "Whether connections are encrypted and the brokers' certificates checked.", byDefault = "true")
        boolean tls,

        @Key(
                doc =
                        "PEM file of the authorities that the brokers' certificates are checked against; without one, those that"
                                + " Java trusts. As all files here, at this path on every machine that reads.",
                byDefault = "")
        Optional<Path> caFile,

        @Key(doc = "PKCS12 file with the certificate and key that this program shows the brokers.", byDefault = "")
        Optional<Path> keyStore,

        @Key(doc = "File that holds the password of keyStore.", byDefault = "")
        Optional<Path> keyStorePasswordFile,

        @Key(doc = "User that this program names to the brokers.", byDefault = "")
        Optional<String> user,

        @Key(doc = "File that holds the user's password; it is read for every connection.", byDefault = "")
        Optional<Path> passwordFile,

        @Key(
                doc =
                        "How the password is shown: 'scram_sha_512' and 'scram_sha_256' never send it, 'plain' sends it as it is"
                                + " and needs tls.",
                byDefault = "scram_sha_512")
        Mechanism mechanism) {

    /** Ways to show a password (SASL). */
    public enum Mechanism {
        SCRAM_SHA_512,
        SCRAM_SHA_256,
        PLAIN
    }
}
