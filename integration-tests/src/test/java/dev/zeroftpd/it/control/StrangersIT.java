package dev.zeroftpd.it.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerKeystore;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import dev.zeroftpd.it.support.Way;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Clients that don't log in, however busy they are: none of them stays, and none keeps others from logging in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("attack")
class StrangersIT {

    private static final int BEFORE_LOGIN = 8;

    /** {@code -Dstrangers.silent=10000} for as many as one machine sends easily. */
    private static final int SILENT = Integer.getInteger("strangers.silent", 1_000);

    /** Carriers, compilers and command threads come on demand; a thread for each connection would be hundreds. */
    private static final int THREADS_ON_DEMAND = 48;

    @RegisterExtension
    private final RunningServer server = RunningServer.with(folder -> ServerKeystore.in(
            folder,
            ServerOptions.standard()
                    .with("listener.login-timeout", "2s")
                    .with("listener.tls", "explicit")
                    .with("listener.implicit.address", "127.0.0.1")
                    .with("listener.implicit.port", "0")
                    .with("listener.implicit.tls", "implicit")
                    .with("limits.sessions-before-login", Integer.toString(BEFORE_LOGIN))));

    private InetSocketAddress implicit() {
        return server.listeners().stream()
                .filter(listener -> listener.getAddress() instanceof Inet4Address)
                .filter(listener -> !listener.equals(server.address()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aBusyClientThatDoesNotLogInIsSentAway() throws IOException {
        outlastTheTimeToLogIn();
    }

    private void outlastTheTimeToLogIn() throws IOException {
        try (ControlClient busy = ControlClient.connect(server.address())) {
            int code = 200;
            while (code == 200) {
                code = busy.command("NOOP").code();
            }
            assertThat(code).isEqualTo(421);
            assertThat(busy.isEndedByServer()).isTrue();
        }
    }

    @Test
    void aLineThatComesByteByByteDoesNotKeepASession() throws IOException {
        try (ControlClient slow = ControlClient.connect(server.address())) {
            await().until(() -> endsAt(slow, 'A'));
        }
    }

    @Test
    void aHandshakeThatComesByteByByteDoesNotKeepASession() throws IOException {
        try (ControlClient slow = ControlClient.connectUngreeted(implicit());
                ControlClient slowBehindAuth = ControlClient.connect(server.address())) {
            slowBehindAuth.expect(234, "AUTH TLS");
            for (ControlClient client : List.of(slow, slowBehindAuth)) {
                client.sendBytes(new byte[] {22, 3, 1, 1, 0});
            }
            await().until(() -> endsAt(slow, 0));
            await().until(() -> endsAt(slowBehindAuth, 0));
        }
    }

    private static boolean endsAt(ControlClient client, int nextByte) {
        try {
            client.sendBytes(new byte[] {(byte) nextByte});
            return false;
        } catch (IOException ended) {
            return true;
        }
    }

    @Test
    void theClockStopsWithTheLoginAndStartsAnewWithItsEnd() throws IOException {
        try (ControlClient alice = ControlClient.login(server.address(), Account.ALICE)) {
            outlastTheTimeToLogIn();
            alice.expect(220, "REIN");
            alice.expectReply(421);
            assertThat(alice.isEndedByServer()).isTrue();
        }
    }

    @Test
    void theOldestOfTheAddressWithMostMakesRoom() throws IOException {
        List<ControlClient> crowd = new ArrayList<>();
        try (ControlClient alice = ControlClient.login(server.address(), Account.ALICE);
                ControlClient other = ControlClient.connect(server.listener(Way.Family.IPV6))) {
            for (int i = 0; i < BEFORE_LOGIN * 4; i++) {
                crowd.add(ControlClient.connect(server.address()));
            }
            crowd.getFirst().expectReply(421);
            other.expect(331, "USER alice");
            other.expect(230, "PASS wonderland");
            alice.expect(200, "NOOP");
        } finally {
            for (ControlClient client : crowd) {
                client.close();
            }
        }
    }

    @Test
    void manySilentConnectionsKeepNoOtherOut(@TempDir Path other) throws IOException {
        List<ControlClient> silent = new ArrayList<>();
        try (ServerProcess flooded =
                ServerProcess.start(other, ServerOptions.standard().with("limits.sessions-before-login", "50"))) {
            ControlClient.login(flooded.address(), Account.ALICE).close();
            int before = flooded.threads();
            for (int i = 0; i < SILENT; i++) {
                silent.add(ControlClient.connectUngreeted(flooded.address()));
            }
            ControlClient.login(flooded.listener(Way.Family.IPV6), Account.ALICE)
                    .close();
            assertThat(flooded.threads()).isLessThan(before + THREADS_ON_DEMAND);
        } finally {
            for (ControlClient client : silent) {
                client.close();
            }
        }
    }
}
