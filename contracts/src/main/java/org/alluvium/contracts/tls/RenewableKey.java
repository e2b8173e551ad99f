package org.alluvium.contracts.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * Shows the newest certificate to every new connection. A handshake that has chosen the one before also gets that one's key.
 * Thread-safe.
 */
final class RenewableKey extends X509ExtendedKeyManager {

    private record Generation(String name, ServerIdentity identity) {}

    private record Generations(Generation newest, Generation before) {}

    private volatile Generations generations;

    RenewableKey(ServerIdentity first) {
        Generation generation = new Generation("0", first);
        generations = new Generations(generation, generation);
    }

    /** New connections see this one. For one thread at a time. */
    void renew(ServerIdentity identity) {
        Generation newest = generations.newest();
        String name = Integer.toString(Integer.parseInt(newest.name()) + 1);
        generations = new Generations(new Generation(name, identity), newest);
    }

    /** What new connections see. */
    ServerIdentity identity() {
        return generations.newest().identity();
    }

    private ServerIdentity named(String name) {
        Generations known = generations;
        return known.before().name().equals(name)
                ? known.before().identity()
                : known.newest().identity();
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        Generation newest = generations.newest();
        return newest.identity().key().getAlgorithm().equals(keyType) ? newest.name() : null;
    }

    @Override
    public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
        return chooseServerAlias(keyType, issuers, null);
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
        String name = chooseServerAlias(keyType, issuers, null);
        return name == null ? null : new String[] {name};
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return named(alias).chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return named(alias).key();
    }

    @Override
    public String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
        return null; // it is for servers
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
        return null;
    }
}
