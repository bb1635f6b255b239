package dev.zeroftpd.dataconnection.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.config.SessionReuse;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlEngineTest {

    @TempDir
    private Path directory;

    @Test
    void nothingIsComputedForAClientThatHasLeft() throws Exception {
        TestCertificate certificate = TestCertificate.create(directory, "rsa", "RSA", "-keysize", "2048");
        AtomicBoolean gone = new AtomicBoolean();
        SSLEngine engine = TlsContexts.load(certificate.settings(SessionReuse.OPTIONAL))
                .newSession()
                .newControlEngine(gone::get);
        engine.unwrap(clientHello(), ByteBuffer.allocate(engine.getSession().getApplicationBufferSize()));
        assertThat(engine.getHandshakeStatus()).isEqualTo(HandshakeStatus.NEED_TASK);

        gone.set(true);
        assertThat(engine.getDelegatedTask()).isNull();
        gone.set(false);
        assertThat(engine.getDelegatedTask()).isNotNull();
    }

    private static ByteBuffer clientHello() throws Exception {
        SSLEngine engine = SSLContext.getDefault().createSSLEngine();
        engine.setUseClientMode(true);
        ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), hello);
        return hello.flip();
    }
}
