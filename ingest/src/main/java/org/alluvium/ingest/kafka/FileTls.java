package org.alluvium.ingest.kafka;

import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.alluvium.contracts.access.Tls;
import org.apache.kafka.common.security.auth.SslEngineFactory;

/** Secure connections of Kafka's client by the files of {@code kafka.access}. Kafka makes an instance by its constructor. */
public final class FileTls implements SslEngineFactory {

    private SSLContext context;

    @Override
    public void configure(Map<String, ?> properties) {
        context = Tls.context(
                path(properties, KafkaClient.CA_FILE),
                path(properties, KafkaClient.KEY_STORE),
                path(properties, KafkaClient.KEY_STORE_PASSWORD_FILE),
                KafkaClient.KEY);
    }

    private static Optional<Path> path(Map<String, ?> properties, String name) {
        return Optional.ofNullable((String) properties.get(name)).map(Path::of);
    }

    /** @param identification way to check that the certificate is of {@code host}, Kafka's ssl.endpoint.identification.algorithm */
    @Override
    public SSLEngine createClientSslEngine(String host, int port, String identification) {
        SSLEngine engine = context.createSSLEngine(host, port);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm(identification);
        engine.setSSLParameters(parameters);
        return engine;
    }

    @Override
    public SSLEngine createServerSslEngine(String host, int port) {
        throw new UnsupportedOperationException("this is a client's side");
    }

    @Override
    public boolean shouldBeRebuilt(Map<String, Object> properties) {
        return false;
    }

    @Override
    public Set<String> reconfigurableConfigs() {
        return Set.of();
    }

    @Override
    public KeyStore keystore() {
        return null; // asked for by brokers only
    }

    @Override
    public KeyStore truststore() {
        return null;
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
