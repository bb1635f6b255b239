package dev.zeroftpd.it.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.OpensslClient;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Strangers who begin a TLS handshake and leave: what their greetings have the server compute isn't computed any more. */
@Tag("attack")
class DepartedHandshakesIT {

    private static final int HEAP_MIB = 64;

    /** {@code -Dhandshakes.departed=20000} fills that heap, if each of them stays until it has been computed. */
    private static final int STRANGERS = Integer.getInteger("handshakes.departed", 3_000);

    @TempDir
    private Path folder;

    @Test
    void aCrowdThatGreetsAndLeavesHoldsUpNoOther() throws Exception {
        ServerProcess.writeConfiguration(
                folder,
                OpensslClient.withRsaKey(
                        folder,
                        ServerOptions.standard()
                                .with("listener.six.address", "127.0.0.1")
                                .with("listener.tls", "explicit")
                                .with("listener.six.tls", "implicit")));
        byte[] hello = clientHello();
        try (ServerProcess server = ServerProcess.startSmall(folder, HEAP_MIB);
                ControlClient alice = ControlClient.login(server.address(), Account.ALICE)) {
            InetSocketAddress implicit = server.listeners().get(1);
            for (int i = 0; i < STRANGERS; i++) {
                greetAndLeave(implicit, hello);
            }

            assertThat(OpensslClient.implicit(folder, implicit, "-tls1_3", "-alpn", "ftp"))
                    .contains("ALPN protocol: ftp");
            alice.expect(200, "NOOP");
            ControlClient.login(server.address(), Account.ALICE).close();
            assertThat(server.logText()).doesNotContain("not enough memory");
        }
    }

    private static void greetAndLeave(InetSocketAddress listener, byte[] hello) throws Exception {
        try (Socket stranger = new Socket(listener.getAddress(), listener.getPort())) {
            stranger.setSoLinger(true, 0); // leaves by RST
            stranger.getOutputStream().write(hello);
        }
    }

    private static byte[] clientHello() throws Exception {
        SSLEngine engine = SSLContext.getDefault().createSSLEngine();
        engine.setUseClientMode(true);
        ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), hello);
        return Arrays.copyOf(hello.array(), hello.position());
    }
}
