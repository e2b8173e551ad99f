package org.alluvium.cli.chaos.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GateTest {

    private final Ports ports = Ports.free();
    private ServerSocket server;
    private Gate gate;

    /** A server that gives back what it is given. */
    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(ports.broker(), 10, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(() -> {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    Thread.startVirtualThread(() -> echo(socket));
                } catch (IOException closed) {
                    return;
                }
            }
        });
        gate = new Gate(ports.brokerGate(), ports.broker());
    }

    private static void echo(Socket socket) {
        try (socket) {
            socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException gone) {
            return;
        }
    }

    @AfterEach
    void stop() throws IOException {
        gate.close();
        server.close();
    }

    @Test
    void bytesPassBothWaysAndTheEndOfThemToo() throws IOException {
        try (Socket client = connect()) {
            client.getOutputStream().write(new byte[] {1, 2, 3});
            client.shutdownOutput();
            assertThat(client.getInputStream().readAllBytes()).containsExactly(1, 2, 3);
        }
    }

    @Test
    void aConnectionThatIsOpenEndsWhenTheGateIsShut() throws IOException {
        try (Socket client = connect()) {
            client.getOutputStream().write(7);
            assertThat(client.getInputStream().read()).isEqualTo(7);
            gate.shut();
            assertThatThrownBy(client.getInputStream()::read).isInstanceOf(IOException.class);
        }
    }

    @Test
    void nobodyComesThroughAShutGateAndEverybodyOnceItIsOpenAgain() throws IOException {
        gate.shut();
        assertThatThrownBy(() -> say(9)).isInstanceOf(IOException.class);
        gate.open();
        assertThat(say(9)).isEqualTo(9);
    }

    private int say(int value) throws IOException {
        try (Socket client = connect()) {
            client.getOutputStream().write(value);
            int answer = client.getInputStream().read();
            if (answer < 0) {
                throw new IOException("the connection has ended");
            }
            return answer;
        }
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), ports.brokerGate());
    }
}
