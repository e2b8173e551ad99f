package org.alluvium.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogConfigurationTest {

    private final String before = System.getProperty(LogConfiguration.FILE_PROPERTY);

    @AfterEach
    void restore() {
        if (before == null) {
            System.clearProperty(LogConfiguration.FILE_PROPERTY);
        } else {
            System.setProperty(LogConfiguration.FILE_PROPERTY, before);
        }
    }

    @Test
    void theConsoleAloneHasEverything() {
        System.setProperty(LogConfiguration.FILE_PROPERTY, LogConfiguration.CONSOLE);
        LoggerContext context = new LoggerContext();

        new LogConfiguration().configure(context);

        List<Appender<ILoggingEvent>> appenders = new ArrayList<>();
        context.getLogger("ROOT").iteratorForAppenders().forEachRemaining(appenders::add);
        assertThat(appenders).singleElement().satisfies(console -> {
            assertThat(console).isInstanceOf(ConsoleAppender.class);
            assertThat(console.getCopyOfAttachedFiltersList()).isEmpty();
            assertThat(console.isStarted()).isTrue();
        });
        context.stop();
    }
}
