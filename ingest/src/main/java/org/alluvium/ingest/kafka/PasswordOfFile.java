package org.alluvium.ingest.kafka;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import org.alluvium.contracts.access.Secret;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;

/**
 * Tells Kafka's client its user, and the password that a file holds when a connection is made, so that one that is replaced is
 * taken up. Kafka makes an instance of each connection by its constructor.
 */
public final class PasswordOfFile implements AuthenticateCallbackHandler {

    private String user;
    private Path file;

    @Override
    public void configure(Map<String, ?> properties, String mechanism, List<AppConfigurationEntry> modules) {
        user = (String) properties.get(KafkaClient.USER);
        file = Path.of((String) properties.get(KafkaClient.PASSWORD_FILE));
    }

    @Override
    public void handle(Callback[] questions) throws UnsupportedCallbackException {
        for (Callback question : questions) {
            if (question instanceof NameCallback name) {
                name.setName(user);
            } else if (question instanceof PasswordCallback password) {
                password.setPassword(Secret.read(file, KafkaClient.KEY + ".passwordFile")
                        .value()
                        .toCharArray());
            } else {
                throw new UnsupportedCallbackException(question); // Kafka goes on without, such as SCRAM's extensions
            }
        }
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
