package org.alluvium.dashboard.run;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ObjDoubleConsumer;
import org.alluvium.contracts.event.Event;

/** The numbers of an event, each by the way to it: {@code bySource/web/bitsPerByte}. */
final class Figures {

    private Figures() {}

    /** Hands over every number of an event but its step. What JSON cannot write and stands as a string is one as well. */
    static void of(Event event, ObjDoubleConsumer<String> figures) {
        event.fields().forEach((name, value) -> {
            if (!name.equals("step")) {
                of(name, value, figures);
            }
        });
    }

    private static void of(String path, Object value, ObjDoubleConsumer<String> figures) {
        if (value instanceof Number number) {
            figures.accept(path, number.doubleValue());
        } else if (value instanceof Map<?, ?> members) {
            members.forEach((name, member) -> of(path + "/" + name, member, figures));
        } else if (value instanceof String text) {
            spelled(text).ifPresent(figure -> figures.accept(path, figure));
        }
    }

    /** A number that JSON cannot write, from the word that stands for it. */
    static OptionalDouble spelled(String text) {
        return switch (text) {
            case "NaN", "Infinity", "-Infinity" -> OptionalDouble.of(Double.parseDouble(text));
            default -> OptionalDouble.empty();
        };
    }
}
