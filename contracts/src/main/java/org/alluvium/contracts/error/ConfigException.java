package org.alluvium.contracts.error;

/** The configuration was refused; the message names file, line, key, what is allowed and the nearest valid name. */
public final class ConfigException extends AlluviumException {
    private static final long serialVersionUID = 1L;

    public ConfigException(String what, String where, String todo) {
        this(what, where, todo, null);
    }

    public ConfigException(String what, String where, String todo, Throwable cause) {
        super(ExitCode.CONFIG, what, where, todo, cause);
    }
}
