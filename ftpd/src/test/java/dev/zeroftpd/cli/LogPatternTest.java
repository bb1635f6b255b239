package dev.zeroftpd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The way of logging that is shipped. */
@Tag("attack")
final class LogPatternTest {

    @Test
    void letsNoTextForgeALineOrDriveATerminal() throws Exception {
        assertThat(line("Partial /a\u001b[2J\rb\u0085c\u2028d\n2026-01-01 00:00:00.000 WARN  X: forged"))
                .contains("Partial /a?[2J?b?c?d\n    2026-01-01")
                .doesNotContain("\u001b", "\r", "\n2026");
    }

    @Test
    void leavesEveryOtherTextAsItIs() throws Exception {
        assertThat(line("Größe: 2 \\ 3 \"x\" 日本語 %d {}")).endsWith(": Größe: 2 \\ 3 \"x\" 日本語 %d {}\n");
    }

    private static String line(String text) throws Exception {
        LoggerContext context = new LoggerContext();
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(Path.of("../config/logback.xml").toFile());
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        var console = (ConsoleAppender<?>) root.getAppender("console");
        var encoder = (PatternLayoutEncoder) console.getEncoder();
        LoggingEvent event = new LoggingEvent("", root, Level.INFO, text, null, null);
        return new String(encoder.encode(event), StandardCharsets.UTF_8);
    }
}
