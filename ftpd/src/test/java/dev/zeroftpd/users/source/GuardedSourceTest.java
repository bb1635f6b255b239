package dev.zeroftpd.users.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.config.plugin.SourceChoice;
import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.spi.LoginAnswer;
import dev.zeroftpd.spi.LoginQuestion;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("attack")
class GuardedSourceTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private static final LoginQuestion QUESTION =
            new LoginQuestion("bob", "right", Optional.empty(), false, new TreeSet<>());

    private static GuardedSource source(Duration timeout, ScriptedSources.Script script) throws ConfigException {
        return GuardedSource.open(ScriptedSources.choice(script, timeout, Duration.ZERO, Duration.ZERO));
    }

    @Test
    void endsTheWaitForAnAnswerThatDoesNotCome() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        try (GuardedSource source = source(Duration.ofMillis(20), _ -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                interrupted.set(true);
            }
            return new LoginAnswer.Yes(Map.of());
        })) {
            assertThat(source.ask(QUESTION)).isInstanceOf(LoginAnswer.Unavailable.class);
            assertThat(source.isAway()).isTrue();
            await().untilTrue(interrupted);
        }
    }

    @Test
    void aPluginThatHangsForEverTakesABoundedNumberOfThreads() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger running = new AtomicInteger();
        try (GuardedSource source = source(Duration.ofMillis(1), _ -> {
            running.incrementAndGet();
            boolean ended = false;
            while (!ended) {
                try {
                    end.await();
                    ended = true;
                } catch (InterruptedException ignored) {
                    // as a plugin may that waits in a call of the system
                }
            }
            return new LoginAnswer.No();
        })) {
            for (int i = 0; i < 40; i++) {
                Thread.ofVirtual().start(() -> source.ask(QUESTION)).join();
            }
            // while it is away, it is asked now and then only
            assertThat(running.get()).isBetween(1, 3);
            end.countDown();
        }
    }

    @Test
    void asksRarelyWhileItIsAwayAndRecoversByItself() throws Exception {
        AtomicBoolean up = new AtomicBoolean();
        AtomicInteger asked = new AtomicInteger();
        try (GuardedSource source = source(LONG, _ -> {
            asked.incrementAndGet();
            return up.get() ? new LoginAnswer.No() : new LoginAnswer.Unavailable("it rains");
        })) {
            for (int i = 0; i < 100; i++) {
                assertThat(source.ask(QUESTION)).isInstanceOf(LoginAnswer.Unavailable.class);
            }
            assertThat(asked.get()).isLessThan(4);

            up.set(true);
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> source.ask(QUESTION) instanceof LoginAnswer.No && !source.isAway());
        }
    }

    @Test
    void whatFailsForOneQuestionKeepsNoOtherOut() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (GuardedSource source = source(LONG, question -> switch (asked.incrementAndGet()) {
            case 1 -> throw new IllegalStateException("a strange name");
            case 2 -> new LoginAnswer.Unanswered("that one is broken: " + question.password());
            default -> new LoginAnswer.No();
        })) {
            assertThat(source.ask(QUESTION)).isInstanceOf(LoginAnswer.Unanswered.class);
            assertThat(source.ask(QUESTION)).isEqualTo(new LoginAnswer.Unanswered("that one is broken: …"));
            assertThat(source.isAway()).isFalse();
            assertThat(source.ask(QUESTION)).isEqualTo(new LoginAnswer.No());
        }
    }

    @Test
    void aPluginThatThrowsIsNotAvailable() throws Exception {
        try (GuardedSource source = source(LONG, _ -> {
            throw new NoClassDefFoundError("dev/zeroftpd/Missing");
        })) {
            assertThat(source.ask(QUESTION)).isInstanceOf(LoginAnswer.Unavailable.class);
        }
    }

    @Test
    void saysWhichPluginIsMissingAndWhereItBelongs() {
        SourceChoice ldap = new SourceChoice("ldap", new TreeMap<>(), LONG, LONG, LONG);
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> GuardedSource.open(ldap))
                .withMessageContaining(
                        "users.source=ldap, but no plugin brings accounts from there (there is scripted)")
                .withMessageContaining("put the jars of zeroftpd-ldap into")
                .withMessageContaining("/plugins");
    }

    @Test
    void saysWhatIsWrongWithThePluginsSettings() {
        SourceChoice wrong = new SourceChoice("scripted", new TreeMap<>(), LONG, LONG, LONG);
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> GuardedSource.open(wrong))
                .withMessage("scripted.script: scripted.script is missing; write one");
    }

    @Test
    void aQuestionDoesNotTellItsPassword() {
        assertThat(QUESTION.toString()).contains("bob").doesNotContain("right");
    }

    @Test
    void aStrictCheckTellsWhyItCanNotAnswer() throws Exception {
        try (GuardedSource source = source(LONG, _ -> new LoginAnswer.No())) {
            assertThatExceptionOfType(ConfigException.class)
                    .isThrownBy(source::requireAnswering)
                    .withMessageContaining("it is a test");
        }
    }
}
