package org.alluvium.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * The two ports of a broker. They lie below those that the operating system hands to outgoing connections: a client that
 * tries again and again to reach a broker that is down would sooner or later be given the broker's own port, and connect
 * to itself.
 */
record Ports(int client, int controller) {

    private static final int FIRST = 20_000;
    private static final int COUNT = 10_000;

    /** Ports that nobody listens on now, looked for from a place that differs between processes. */
    static Ports free() {
        int client = freeFrom((int) (ProcessHandle.current().pid() * 17 % COUNT));
        return new Ports(client, freeFrom(client + 1 - FIRST));
    }

    private static int freeFrom(int start) {
        for (int i = 0; i < COUNT; i++) {
            int port = FIRST + (start + i) % COUNT;
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no port from " + FIRST + " to " + (FIRST + COUNT) + " is free");
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
