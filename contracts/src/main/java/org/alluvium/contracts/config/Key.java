package org.alluvium.contracts.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes one key of the configuration file; the record component it stands on gives name and type. The reference in
 * docs/configuration.md and the commented example are generated from these.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Key {

    /** What the key does, in one or two sentences, with its unit. */
    String doc();

    /** The value taken when the key is absent, as it would stand in the file; {@link #REQUIRED} where there is none. */
    String byDefault() default REQUIRED;

    /** Smallest allowed number, inclusive; of a duration, in seconds. */
    double min() default Double.NEGATIVE_INFINITY;

    /** Largest allowed number, inclusive; of a duration, in seconds. */
    double max() default Double.POSITIVE_INFINITY;

    /** What to show in the example file where there is no default. */
    String example() default "";

    String REQUIRED = "\0required";
}
