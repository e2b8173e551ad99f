package org.alluvium.contracts.config;

import java.nio.file.Path;
import java.util.Optional;

/** A group {@code access}: how this program shows a server of HTTP who it is, and knows it. */
public record AccessConfig(
        @Key(
                doc =
                        "PEM file of the authorities that an https server's certificate is checked against; without one, those"
                                + " that Java trusts.",
                byDefault = "")
        Optional<Path> caFile,

        @Key(doc = "PKCS12 file with the certificate and key that this program shows an https server.", byDefault = "")
        Optional<Path> keyStore,

        @Key(doc = "File that holds the password of keyStore.", byDefault = "")
        Optional<Path> keyStorePasswordFile,

        @Key(doc = "User that this program names to the server, or to what stands before it.", byDefault = "")
        Optional<String> user,

        @Key(doc = "File that holds the user's password.", byDefault = "")
        Optional<Path> passwordFile,

        @Key(doc = "File that holds a bearer token, instead of a user and a password.", byDefault = "")
        Optional<Path> tokenFile) {

    /** Nothing is shown, and trusted is whom Java trusts. */
    public static final AccessConfig NONE = new AccessConfig(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
