package dev.zeroftpd.benchmarks;

import dev.zeroftpd.config.UsersSettings;
import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.config.reader.SettingsLoader;
import dev.zeroftpd.users.AccountUserManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A file of 100,000 accounts in groups: read by a server that starts, its classes not compiled yet, and read again after an edit
 * of one account.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(5)
@Warmup(iterations = 0)
@Measurement(iterations = 3)
public class AccountsBenchmark {
    private static final int ACCOUNTS = 100_000;

    private static final String HASH =
            "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$Zs1dnCcqkGfBhVTwB4mFPxMDwZ1wRFMsJQv9zPB1SwA";

    private Path file = Path.of("");
    private int edits;

    private static String lines(int edits) {
        StringBuilder lines = new StringBuilder("ftpserver.group.staff.permissions=all\n");
        for (int i = 0; i < ACCOUNTS; i++) {
            String user = "ftpserver.user.account" + i;
            lines.append(user).append(".userpassword=").append(HASH).append('\n');
            lines.append(user).append(".homedirectory=/").append('\n');
            lines.append(user).append(".groups=staff\n");
        }
        return lines.append("ftpserver.user.account7.downloadrate=")
                .append(1000 + edits)
                .append('\n')
                .toString();
    }

    private UsersSettings settings() {
        return new UsersSettings(
                file, false, Optional.empty(), SettingsLoader.defaults().users().check());
    }

    @Setup
    public void write() throws IOException {
        file = Files.writeString(Files.createTempFile("accounts", ".properties"), lines(0));
    }

    private void edit() throws IOException {
        edits++;
        Files.writeString(file, lines(edits));
    }

    @Benchmark
    public AccountUserManager start() throws ConfigException {
        return AccountUserManager.read(settings());
    }

    /** With the manager of a server that runs. */
    @State(Scope.Thread)
    public static class Running {
        private Optional<AccountUserManager> manager = Optional.empty();

        @Setup(Level.Invocation)
        public void begin(AccountsBenchmark accounts) throws IOException, ConfigException {
            if (manager.isEmpty()) {
                manager = Optional.of(AccountUserManager.read(accounts.settings()));
            }
            accounts.edit();
        }
    }

    @Benchmark
    public boolean edited(Running running) {
        return running.manager.orElseThrow().reload();
    }

    @TearDown
    public void delete() throws IOException {
        Files.delete(file);
    }
}
