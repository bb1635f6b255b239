package dev.zeroftpd.ops.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.zeroftpd.ops.event.Ending;
import dev.zeroftpd.ops.event.Event;
import dev.zeroftpd.ops.event.EventKind;
import dev.zeroftpd.transfer.result.Outcome;
import dev.zeroftpd.transfer.result.TransferResult;
import dev.zeroftpd.transfer.result.Way;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class EventLogTest {

    private static final Event.Client ADA = new Event.Client("t1-7", "ada", "192.0.2.7", false);

    private static final Ending SENT = new Ending.Transferred(
            new TransferResult(new Outcome.Completed(), 7, Duration.ofSeconds(1), Way.zeroCopy()), false);

    private static final Ending REFUSED = new Ending.Refused("", "550 no");

    @Test
    void aLaunchedServerTellsAllAtInfoWithFields() {
        List<ILoggingEvent> lines = told(EventLog.ofLaunchedServer(), EventLogTest::tellSome);
        assertThat(lines)
                .extracting(ILoggingEvent::getLevel)
                .containsOnly(Level.INFO)
                .hasSize(4);
        assertThat(lines).allMatch(line -> !line.getKeyValuePairs().isEmpty());
    }

    @Test
    void fieldsAreMadeForThoseWhoAskOnly() {
        List<ILoggingEvent> lines = told(
                EventLog.ofLaunchedServer(),
                log -> log.write(event(EventKind.LOGIN_FAILED, new Ending.Refused("password", "wrong"))));
        assertThat(lines).singleElement().satisfies(line -> {
            assertThat(line.getFormattedMessage()).contains("LOGIN \"ada\" failed: wrong");
            assertThat(line.getKeyValuePairs())
                    .isInstanceOfSatisfying(
                            EventFields.class,
                            fields -> assertThat(fields.areMade()).isFalse());
            assertThat(line.getKeyValuePairs())
                    .anyMatch(field -> field.key.equals("reason") && "password".equals(field.value));
        });
    }

    @Test
    void anEmbeddedServerTellsOnlyWhatItAlwaysToldAtInfo() {
        List<ILoggingEvent> lines = told(EventLog.ofEmbeddedServer(), EventLogTest::tellSome);
        assertThat(lines)
                .filteredOn(line -> line.getLevel() == Level.INFO)
                .extracting(ILoggingEvent::getLoggerName)
                .containsExactly("dev.zeroftpd.transfer-log", "dev.zeroftpd.event.login-failed");
        assertThat(lines)
                .filteredOn(line -> line.getLevel() == Level.INFO)
                .allMatch(line -> line.getKeyValuePairs() == null);
        assertThat(lines)
                .filteredOn(line -> line.getLevel() == Level.DEBUG)
                .extracting(ILoggingEvent::getLoggerName)
                .containsExactly("dev.zeroftpd.transfer-log", "dev.zeroftpd.event.login");
    }

    @Test
    void whatIsDoneOnThePageSaysWhoFromWhereAndWhat() {
        Event done = new Event(
                Instant.EPOCH,
                EventKind.AUDIT,
                new Event.Client("", "sam", "192.0.2.7", false),
                Event.Deed.NONE,
                new Ending.Ordered("kick session=s-1"));
        assertThat(told(EventLog.ofLaunchedServer(), log -> log.write(done)))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.getFormattedMessage()).endsWith("sam 192.0.2.7 PAGE kick session=s-1");
                    assertThat(line.getKeyValuePairs())
                            .extracting(pair -> pair.key, pair -> pair.value)
                            .contains(
                                    tuple("event", "audit"),
                                    tuple("user", "sam"),
                                    tuple("address", "192.0.2.7"),
                                    tuple("detail", "kick session=s-1"));
                });
    }

    @Test
    void faultsOfThisMachineAreWarnings() {
        Ending failed = new Ending.Transferred(
                new TransferResult(
                        new Outcome.DiskFull(Outcome.DiskFull.WORDS), 7, Duration.ofSeconds(1), Way.zeroCopy()),
                false);
        assertThat(told(EventLog.ofLaunchedServer(), log -> log.write(event(EventKind.UPLOAD, failed))))
                .singleElement()
                .extracting(ILoggingEvent::getLevel)
                .isEqualTo(Level.WARN);
    }

    @Test
    void whatStrangersCauseIsCountedBeyondALimitForEachReason() {
        List<ILoggingEvent> lines = told(EventLog.ofLaunchedServer(), log -> {
            for (int i = 0; i < 100; i++) {
                log.write(event(EventKind.REFUSED, new Ending.Refused("full", "Too many connections")));
            }
            log.write(event(EventKind.REFUSED, new Ending.Refused("banned", "its address is banned")));
        });
        assertThat(lines).hasSize(7);
        assertThat(lines.getLast().getFormattedMessage()).endsWith("CONNECT refused: its address is banned");
    }

    @Test
    void oneAddressHidesNoOther() {
        List<ILoggingEvent> lines = told(EventLog.ofLaunchedServer(), log -> {
            Ending wrong = new Ending.Refused("password", "wrong name or password");
            for (int i = 0; i < 1000; i++) {
                log.write(by(EventKind.LOGIN_FAILED, "name" + i, "2001:db8:0:1:0:0:0:" + i, wrong));
            }
            log.write(by(EventKind.LOGIN_FAILED, "bob", "2001:db8:0:2:0:0:0:1", wrong));
        });
        assertThat(lines).hasSize(61);
        assertThat(lines.getLast().getFormattedMessage()).contains("\"bob\"", "(940 more lines");
    }

    @Test
    void refusedTransfersAndLoginsOfAnonymousAreLimitedButNoDeeds() {
        List<ILoggingEvent> lines = told(EventLog.ofLaunchedServer(), log -> {
            for (int i = 0; i < 100; i++) {
                log.write(by(EventKind.DOWNLOAD, "ada", "192.0.2.7", REFUSED));
                log.write(by(EventKind.LOGIN, "anonymous", "192.0.2.7", Ending.Done.PLAINLY));
                log.write(by(EventKind.LOGIN, "ada", "192.0.2.7", Ending.Done.PLAINLY));
                log.write(by(EventKind.DOWNLOAD, "ada", "192.0.2.7", SENT));
            }
        });
        assertThat(lines).hasSize(60 + 60 + 100 + 100);
    }

    @Test
    void longPathsAreShortenedInTheTextAndInTheFields() {
        List<ILoggingEvent> lines = told(
                EventLog.ofLaunchedServer(),
                log -> log.write(new Event(
                        Instant.EPOCH,
                        EventKind.DELETE,
                        ADA,
                        Event.Deed.of("DELE", "\u0001".repeat(8000)),
                        Ending.Done.PLAINLY)));
        assertThat(lines).singleElement().satisfies(line -> {
            assertThat(line.getFormattedMessage()).endsWith("\u2026\"").hasSizeLessThan(1100);
            assertThat(line.getKeyValuePairs())
                    .filteredOn(pair -> pair.key.equals("path"))
                    .singleElement()
                    .extracting(pair -> pair.value)
                    .isEqualTo("\u0001".repeat(1024) + '\u2026');
        });
    }

    private static Event by(EventKind kind, String user, String address, Ending ending) {
        return new Event(
                Instant.EPOCH,
                kind,
                new Event.Client("t1-7", user, address, false),
                Event.Deed.of("RETR", "/x"),
                ending);
    }

    private static void tellSome(EventLog log) {
        log.write(event(EventKind.DOWNLOAD, SENT));
        log.write(event(EventKind.DOWNLOAD, REFUSED));
        log.write(event(EventKind.LOGIN, Ending.Done.PLAINLY));
        log.write(event(EventKind.LOGIN_FAILED, new Ending.Refused("password", "wrong name or password")));
    }

    private static Event event(EventKind kind, Ending ending) {
        return new Event(Instant.EPOCH, kind, ADA, Event.Deed.of("RETR", "/x"), ending);
    }

    private static List<ILoggingEvent> told(EventLog log, Consumer<EventLog> what) {
        Logger root = (Logger) LoggerFactory.getLogger("dev.zeroftpd");
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        Level before = root.getLevel();
        root.setLevel(Level.DEBUG);
        root.addAppender(lines);
        try {
            what.accept(log);
        } finally {
            root.detachAppender(lines);
            root.setLevel(before);
        }
        return lines.list;
    }
}
