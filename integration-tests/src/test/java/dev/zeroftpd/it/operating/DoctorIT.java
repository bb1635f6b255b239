package dev.zeroftpd.it.operating;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.Command;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.Operator;
import dev.zeroftpd.it.support.ServerKeystore;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ftpd doctor} finds what clients would run into. */
class DoctorIT {

    /** From where one holds most, and no small server has as many by chance. */
    private static final int CROWD = 12;

    /** No machine has it: RFC 5737. */
    private static final String ELSEWHERE = "192.0.2.1";

    @TempDir
    Path folder;

    @Test
    void findsNothingWrongWithAServerThatServes() throws IOException {
        try (ServerProcess server = ServerProcess.start(
                folder, ServerKeystore.in(folder, ServerOptions.standard().with("listener.tls", "explicit")))) {
            assertThat(Operator.ftpd(server, "doctor").expectExit(0).output())
                    .contains("fine     passive connections: a firewall must let in TCP to ports ")
                    .containsPattern("fine     passive connections: a connection to 127\\.0\\.0\\.1:\\d+ arrives\n")
                    .containsPattern("fine     certificate: that of CN=.* is valid until 2")
                    .contains("fine     homes: 1 home can be opened\n", "fine     sessions: ")
                    .doesNotContain("WRONG");
        }
    }

    @Test
    void findsAnAddressThatLeadsElsewhere() throws IOException {
        try (ServerProcess server =
                ServerProcess.start(folder, ServerOptions.standard().with("passive.address", ELSEWHERE))) {
            assertThat(Operator.ftpd(server, "doctor").expectExit(1).output())
                    .contains("WRONG    passive connections: passive.address=" + ELSEWHERE + ": a connection to "
                            + ELSEWHERE)
                    .contains("doesn't arrive: ", "doubtful certificate: there is none");
        }
    }

    @Test
    void findsHomesThatCannotBeOpened() throws IOException {
        try (ServerProcess server = ServerProcess.start(
                folder, ServerOptions.standard().with(Account.ALICE.named("bob").atHome("bob")))) {
            Path home = folder.resolve("bob");
            Files.delete(home);
            Files.writeString(home, "a file");
            assertThat(Operator.ftpd(server, "doctor", "--json").expectExit(1).output())
                    .contains("{\"severity\":\"wrong\",\"about\":\"homes\",\"text\":\"" + home
                            + ", the home of bob, can't be");
        }
    }

    @Test
    void warnsOfACrowdFromOneAddress() throws IOException {
        try (ServerProcess server = ServerProcess.start(folder, ServerOptions.standard())) {
            List<ControlClient> crowd = new ArrayList<>();
            try {
                for (int i = 0; i < CROWD; i++) {
                    crowd.add(ControlClient.login(server.address(), Account.ALICE));
                }
                Command doctor = Operator.ftpd(server, "doctor").expectExit(0);
                assertThat(doctor.output())
                        .contains("doubtful sessions: 127.0.0.1 has " + CROWD + " of " + CROWD
                                + ": if that is a NAT or a load balancer");
            } finally {
                for (ControlClient each : crowd) {
                    each.close();
                }
            }
        }
    }
}
