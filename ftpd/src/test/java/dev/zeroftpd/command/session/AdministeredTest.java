package dev.zeroftpd.command.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.control.view.SessionView;
import dev.zeroftpd.users.Accounts;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdministeredTest {

    private static final String MEMBERS = """
        ftpserver.user.clerk.homedirectory=.
        ftpserver.user.clerk.groups=staff
        ftpserver.user.worker.homedirectory=.
        ftpserver.group.staff.idletime=0
        ftpserver.user.chief.homedirectory=.
        """;

    @TempDir
    Path folder;

    @Test
    void areAllSessionsForAnAdministratorOfTheServer() throws Exception {
        assertThat(administered("ftpserver.user.chief.role=admin\n")).containsExactly("clerk", "worker");
    }

    @Test
    void areThoseOfTheGroupForItsAdministrator() throws Exception {
        assertThat(administered("ftpserver.user.chief.role=admin:staff\n")).containsExactly("clerk");
    }

    /** The account was one when the command was let through. */
    @Test
    void areNoneForAnAccountThatIsNoAdministratorAnyMore() throws Exception {
        assertThat(administered("")).isEmpty();
        assertThat(administered("ftpserver.user.chief.role=user\n")).isEmpty();
        assertThat(administeredBy("gone", "")).isEmpty();
    }

    private List<String> administered(String role) throws IOException, ConfigException {
        return administeredBy("chief", role);
    }

    private List<String> administeredBy(String name, String role) throws IOException, ConfigException {
        Accounts accounts = Accounts.read(Files.writeString(folder.resolve("users.properties"), MEMBERS + role));
        return List.of("clerk", "worker").stream()
                .filter(user -> Administered.by(name, accounts).test(session(user)))
                .toList();
    }

    private static SessionView session(String user) {
        return new SessionView(
                "s-1",
                Optional.of(user),
                InetAddress.getLoopbackAddress(),
                false,
                Instant.EPOCH,
                Duration.ZERO,
                Optional.of("/"),
                Optional.empty());
    }
}
