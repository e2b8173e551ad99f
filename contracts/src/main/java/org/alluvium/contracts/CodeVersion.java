package org.alluvium.contracts;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** The version of Alluvium that is running, as it is recorded in shards and checkpoints. */
public final class CodeVersion {

    private static final String RESOURCE = "alluvium-version.properties";

    private CodeVersion() {}

    /** The version of the build, e.g. {@code 0.1.0}. */
    public static String current() {
        try (InputStream in = CodeVersion.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the build");
            }
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new IllegalStateException(RESOURCE + " cannot be read", e);
        }
    }
}
