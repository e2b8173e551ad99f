package org.alluvium.gateway.http;

import java.time.Duration;
import java.util.Optional;
import org.alluvium.contracts.tls.ServedTls;

/**
 * Where and for whom the gateway is there.
 *
 * @param port to listen on; 0 takes any that is free
 * @param token that requests must bring; empty admits everybody who reaches the address
 * @param tls for https; http without. The server closes it when it ends, or does not start
 * @param maxBodyBytes longest body, after decompression
 * @param maxInFlightBytes memory that the bodies of all requests may take
 * @param retryAfter what clients are told to wait when there is no room
 */
public record ServerSettings(
        String host,
        int port,
        Optional<AccessToken> token,
        Optional<ServedTls> tls,
        long maxBodyBytes,
        long maxInFlightBytes,
        Duration retryAfter) {}
