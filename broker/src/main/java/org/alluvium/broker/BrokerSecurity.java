package org.alluvium.broker;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.alluvium.broker.Certificates.Identity;

/**
 * What a broker asks of its clients: a certificate of an authority, and a user with a password, shown by SCRAM-SHA-512.
 *
 * @param authority PEM of who vouches for both sides
 * @param identity of the broker, and of who prepares what is in it
 * @param user who is let in
 * @param password of letters and digits
 */
public record BrokerSecurity(Path authority, Identity identity, String user, String password) {

    private static final String MODULE = "org.apache.kafka.common.security.scram.ScramLoginModule required";

    /** Further properties of the broker; its clients' listener is called CLIENT. */
    String brokerProperties() {
        return storeLines() + """
                ssl.client.auth=required
                sasl.enabled.mechanisms=SCRAM-SHA-512
                sasl.mechanism.inter.broker.protocol=SCRAM-SHA-512
                listener.name.client.scram-sha-512.sasl.jaas.config=%s
                %s=SCRAM-SHA-512=[name=%s,password=%s]
                """.formatted(login(), BrokerMain.USER, user, password);
    }

    private String storeLines() {
        StringBuilder lines = new StringBuilder();
        store().forEach((name, value) ->
                lines.append(name).append('=').append(value).append('\n'));
        return lines.toString();
    }

    private Map<String, String> store() {
        return Map.of(
                "ssl.keystore.type",
                "PKCS12",
                "ssl.keystore.location",
                identity.keyStore().toString(),
                "ssl.keystore.password",
                Certificates.PASSWORD,
                "ssl.key.password",
                Certificates.PASSWORD,
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.location",
                authority.toString());
    }

    /** Properties of a client that is let in, by values. */
    Map<String, Object> clientProperties() {
        Map<String, Object> properties = new HashMap<>(store());
        properties.put("security.protocol", "SASL_SSL");
        properties.put("sasl.mechanism", "SCRAM-SHA-512");
        properties.put("sasl.jaas.config", login());
        return properties;
    }

    private String login() {
        return MODULE + " username=\"" + user + "\" password=\"" + password + "\";";
    }
}
