package org.alluvium.cli.view;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them. Always with a decimal point, whatever the machine's locale. */
public final class Units {

    private static final String[] BYTE_UNITS = {"bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private Units() {}

    /** 1,234,567. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** 3.4 GiB; 812 bytes. */
    public static String bytes(long bytes) {
        double scaled = bytes;
        int unit = 0;
        while (scaled >= 1024 && unit < BYTE_UNITS.length - 1) {
            scaled /= 1024;
            unit++;
        }
        return unit == 0 ? bytes + " bytes" : String.format(Locale.ROOT, "%.1f %s", scaled, BYTE_UNITS[unit]);
    }

    /** With as many decimals as make three figures: 0.12, 4.56, 45.6, 1,234. */
    public static String rate(double perSecond) {
        if (perSecond >= 100) {
            return count(Math.round(perSecond));
        }
        return String.format(Locale.ROOT, perSecond >= 10 ? "%.1f" : "%.2f", perSecond);
    }

    /** With a fixed number of decimals. */
    public static String decimal(double number, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", number);
    }

    /** 8 s; 4 min 10 s; 3 h 05 min; 2 d 4 h; 8,003 d. */
    public static String duration(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60);
        }
        if (seconds < 86_400) {
            return String.format(Locale.ROOT, "%d h %02d min", seconds / 3600, seconds / 60 % 60);
        }
        if (seconds < 100 * 86_400) {
            return String.format(Locale.ROOT, "%d d %d h", seconds / 86_400, seconds / 3600 % 24);
        }
        return count(seconds / 86_400) + " d";
    }
}
