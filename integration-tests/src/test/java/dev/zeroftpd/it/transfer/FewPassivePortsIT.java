package dev.zeroftpd.it.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.FreePorts;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.Way;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A port is held until the client has connected, and comes back however its use ends: a few serve everyone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FewPassivePortsIT {

    private static final int PORTS = 3;

    /** Many times as many as there are ports. */
    private static final int ROUNDS = 20 * PORTS;

    private static final long SIZE = 1 << 20;

    @RegisterExtension
    private final RunningServer server = RunningServer.with(folder -> {
        return ServerOptions.standard()
                .with("passive.ports", FreePorts.range(PORTS))
                .with("transfer.connect-timeout", "100ms");
    });

    @BeforeAll
    void writeFiles() throws IOException {
        PatternFile.write(server.home().resolve("file"), SIZE);
    }

    @Test
    void servesMoreTransfersAtOnceThanThereArePorts() throws IOException {
        List<ControlClient> controls = new ArrayList<>();
        List<DataClient> unread = new ArrayList<>();
        for (int i = 0; i < 3 * PORTS; i++) {
            ControlClient control = ControlClient.login(server.address(), Account.ALICE);
            controls.add(control);
            unread.add(DataClient.retrieve(control, Way.Mode.PASSIVE, "file"));
        }

        for (DataClient data : unread) {
            PatternFile.assertRest(data.input(), 0, SIZE);
            data.close();
        }
        for (ControlClient control : controls) {
            control.expectReply(226);
            control.close();
        }
    }

    @Test
    void getsPortsBackThatNobodyConnectedTo() throws IOException {
        try (ControlClient control = ControlClient.login(server.address(), Account.ALICE)) {
            for (int i = 0; i < ROUNDS; i++) {
                control.expect(229, "EPSV");
            }
            assertServes(control);
        }
    }

    @Test
    void getsPortsBackOfTransfersThatNeverBegan() throws IOException {
        try (ControlClient control = ControlClient.login(server.address(), Account.ALICE)) {
            for (int i = 0; i < 3 * PORTS; i++) {
                control.expect(229, "EPSV");
                control.expect(150, "RETR file");
                control.expectReply(425);
            }
            for (int i = 0; i < ROUNDS; i++) {
                control.expect(229, "EPSV");
                control.expect(150, "RETR file");
                control.send("ABOR");
                assertThat(control.reply().code()).isIn(425, 426);
                control.expectReply(226);
            }
            assertServes(control);
        }
    }

    @Test
    void getsPortsBackOfSessionsThatLeave() throws IOException {
        for (int i = 0; i < ROUNDS; i++) {
            try (ControlClient control = ControlClient.login(server.address(), Account.ALICE)) {
                control.expect(229, "EPSV");
                control.expect(221, "QUIT");
                assertThat(control.isEndedByServer()).isTrue();
            }
        }
        try (ControlClient control = ControlClient.login(server.address(), Account.ALICE)) {
            assertServes(control);
        }
    }

    private static void assertServes(ControlClient control) throws IOException {
        try (DataClient data = DataClient.retrieve(control, Way.Mode.PASSIVE, "file")) {
            PatternFile.assertRest(data.input(), 0, SIZE);
        }
        control.expectReply(226);
    }
}
