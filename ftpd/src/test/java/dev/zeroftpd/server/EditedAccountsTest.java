package dev.zeroftpd.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.control.ControlConnections;
import dev.zeroftpd.control.admission.SessionLimits;
import dev.zeroftpd.ops.event.Events;
import dev.zeroftpd.users.Accounts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EditedAccountsTest {

    private static final Instant END = Instant.parse("2031-01-01T12:00:00Z");

    @TempDir
    Path folder;

    @Test
    void looksAtTheSessionsWhenAnAccountExpiresAlsoAfterTheClockWasSetBack() throws Exception {
        Accounts accounts = Accounts.read(Files.writeString(
                folder.resolve("users.properties"),
                "ftpserver.user.bob.homedirectory=.\nftpserver.user.bob.expires=" + END + "\n"));
        AtomicReference<Instant> clock = new AtomicReference<>(END.plusSeconds(10));
        AtomicInteger asked = new AtomicInteger();
        EditedAccounts edited = new EditedAccounts(
                () -> {
                    asked.incrementAndGet();
                    return accounts;
                },
                new ControlConnections(new SessionLimits(2, 1, 0, 64), Events.NONE),
                clock::get);

        clock.set(END.minusSeconds(10));
        edited.look();
        assertThat(asked.getAndSet(0)).as("the sessions, at once").isEqualTo(1);
        edited.look();
        assertThat(asked.getAndSet(0)).as("the expiries").isEqualTo(1);
        clock.set(END);
        edited.look();
        assertThat(asked.getAndSet(0)).as("the expiries, then the sessions").isEqualTo(2);
    }
}
