package org.alluvium.dashboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DoorTest {

    @Test
    void whoeverOpensItToOthersWithoutACertificateIsToldWhatTravelsInTheClear() {
        assertThat(caution("0.0.0.0"))
                .hasValueSatisfying(line -> assertThat(line).contains("token", "in the clear", "dashboard.tls"));
        assertThat(caution("127.0.0.1")).isEmpty();
    }

    private static Optional<String> caution(String host) {
        return Door.of(new InetSocketAddress(host, 0), Optional.of("0123456789abcdef"), Optional.empty())
                .caution();
    }
}
