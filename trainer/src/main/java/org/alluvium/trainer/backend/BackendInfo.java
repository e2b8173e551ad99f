package org.alluvium.trainer.backend;

/**
 * What computes, in words for the start banner.
 *
 * @param name short name, as in the configuration
 * @param detail libraries, vector width, and why something faster is not used
 * @param threads that compute
 */
public record BackendInfo(String name, String detail, int threads) {

    @Override
    public String toString() {
        return name + " (" + detail + ", " + threads + (threads == 1 ? " thread)" : " threads)");
    }
}
