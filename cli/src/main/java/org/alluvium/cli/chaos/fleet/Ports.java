package org.alluvium.cli.chaos.fleet;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.alluvium.contracts.error.UnavailableException;

/**
 * Where the servers of a deployment listen. All ports lie below those that the system hands to outgoing connections: what has
 * lost its port for a while must get it back.
 *
 * @param broker what the broker listens on
 * @param brokerGate what clients of the broker know
 * @param controller the broker's other one
 * @param rest the JobManager's REST interface
 * @param rpc what the JobManager listens on for TaskManagers
 * @param rpcGate what TaskManagers know
 * @param dashboard the dashboard's
 */
record Ports(int broker, int brokerGate, int controller, int rest, int rpc, int rpcGate, int dashboard) {

    private static final int FIRST = 11_000;
    private static final int COUNT = 8_000;
    private static final int WANTED = 7;

    /** Ports that nobody listens on now, looked for from a place that differs between processes. */
    static Ports free() {
        List<Integer> found = new ArrayList<>();
        int start = (int) (ProcessHandle.current().pid() * 31 % COUNT);
        for (int i = 0; i < COUNT && found.size() < WANTED; i++) {
            int port = FIRST + (start + i) % COUNT;
            if (isFree(port)) {
                found.add(port);
            }
        }
        if (found.size() < WANTED) {
            throw new UnavailableException(
                    "there are no " + WANTED + " ports that are free",
                    FIRST + " to " + (FIRST + COUNT),
                    "End what listens there");
        }
        return new Ports(
                found.get(0), found.get(1), found.get(2), found.get(3), found.get(4), found.get(5), found.get(6));
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
