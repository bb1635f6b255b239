package dev.zeroftpd.users.source;

import dev.zeroftpd.config.plugin.SourceChoice;
import dev.zeroftpd.spi.AccountSource;
import dev.zeroftpd.spi.AccountSourceProvider;
import dev.zeroftpd.spi.InvalidSettingsException;
import dev.zeroftpd.spi.LoginAnswer;
import dev.zeroftpd.spi.LoginQuestion;
import dev.zeroftpd.spi.SourceSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** A plugin whose answers tests write. Any thread. */
public final class ScriptedSources implements AccountSourceProvider {

    private static final Map<String, Script> SCRIPTS = new ConcurrentHashMap<>();
    private static final AtomicLong COUNT = new AtomicLong();

    /** What is answered. */
    @FunctionalInterface
    public interface Script {
        LoginAnswer answer(LoginQuestion question) throws InterruptedException;
    }

    /** Chooses a source that answers so. */
    public static SourceChoice choice(Script script, Duration timeout, Duration cache, Duration stale) {
        String number = Long.toString(COUNT.getAndIncrement());
        SCRIPTS.put(number, script);
        return new SourceChoice("scripted", new TreeMap<>(Map.of("script", number)), timeout, cache, stale);
    }

    @Override
    public String name() {
        return "scripted";
    }

    @Override
    public AccountSource open(SourceSettings settings) throws InvalidSettingsException {
        Script script = settings.find("script").map(SCRIPTS::get).orElse(null);
        if (script == null) {
            throw new InvalidSettingsException(
                    List.of(new InvalidSettingsException.Fault("script", "scripted.script is missing", "write one")));
        }
        return new AccountSource() {
            @Override
            public LoginAnswer ask(LoginQuestion question) throws InterruptedException {
                return script.answer(question);
            }

            @Override
            public Optional<String> fault() {
                return Optional.of("it is a test");
            }

            @Override
            public void close() {}
        };
    }
}
