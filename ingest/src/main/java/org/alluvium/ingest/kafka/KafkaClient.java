package org.alluvium.ingest.kafka;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.alluvium.contracts.config.KafkaAccessConfig;
import org.alluvium.contracts.config.KafkaConfig;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;

/** The properties that every client of a source's brokers has, without what it is for. */
public final class KafkaClient {

    /** Name of the configuration's group, for errors. */
    static final String KEY = "kafka.access";

    static final String USER = "alluvium.user";
    static final String PASSWORD_FILE = "alluvium.passwordFile";
    static final String CA_FILE = "alluvium.caFile";
    static final String KEY_STORE = "alluvium.keyStore";
    static final String KEY_STORE_PASSWORD_FILE = "alluvium.keyStorePasswordFile";

    private KafkaClient() {}

    /** Those of the configuration, the addresses, and how to be let in: names of files, not what they hold. */
    public static Map<String, String> properties(KafkaConfig kafka) {
        Map<String, String> properties = new HashMap<>(kafka.properties());
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, kafka.brokers());
        kafka.access().ifPresent(access -> put(access, properties));
        return properties;
    }

    private static void put(KafkaAccessConfig access, Map<String, String> properties) {
        boolean named = access.user().isPresent();
        String protocol = (named ? "SASL_" : "") + (access.tls() ? "SSL" : "PLAINTEXT");
        properties.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, protocol);
        if (access.tls()) {
            properties.put(SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG, FileTls.class.getName());
            putPath(access.caFile(), CA_FILE, properties);
            putPath(access.keyStore(), KEY_STORE, properties);
            putPath(access.keyStorePasswordFile(), KEY_STORE_PASSWORD_FILE, properties);
        }
        access.user().ifPresent(user -> {
            properties.put(USER, user);
            putPath(access.passwordFile(), PASSWORD_FILE, properties);
            properties.put(SaslConfigs.SASL_MECHANISM, mechanism(access.mechanism()));
            properties.put(SaslConfigs.SASL_JAAS_CONFIG, module(access.mechanism()) + " required;");
            properties.put(SaslConfigs.SASL_CLIENT_CALLBACK_HANDLER_CLASS, PasswordOfFile.class.getName());
        });
    }

    private static void putPath(Optional<Path> file, String property, Map<String, String> properties) {
        file.ifPresent(path -> properties.put(property, path.toString()));
    }

    private static String mechanism(KafkaAccessConfig.Mechanism mechanism) {
        return switch (mechanism) {
            case SCRAM_SHA_512 -> "SCRAM-SHA-512";
            case SCRAM_SHA_256 -> "SCRAM-SHA-256";
            case PLAIN -> "PLAIN";
        };
    }

    private static String module(KafkaAccessConfig.Mechanism mechanism) {
        return switch (mechanism) {
            case SCRAM_SHA_512, SCRAM_SHA_256 -> "org.apache.kafka.common.security.scram.ScramLoginModule";
            case PLAIN -> "org.apache.kafka.common.security.plain.PlainLoginModule";
        };
    }
}
