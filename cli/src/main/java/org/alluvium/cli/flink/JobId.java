package org.alluvium.cli.flink;

import java.util.regex.Pattern;

/** A job's name on its cluster: 32 hexadecimal digits. */
public record JobId(String hex) {

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

    public JobId {
        if (!FORM.matcher(hex).matches()) {
            throw new IllegalArgumentException("'" + hex + "' is not the id of a job, which has 32 hexadecimal digits");
        }
    }

    @Override
    public String toString() {
        return hex;
    }
}
