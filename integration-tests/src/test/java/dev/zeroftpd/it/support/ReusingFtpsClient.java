package dev.zeroftpd.it.support;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.apache.commons.net.DefaultSocketFactory;
import org.apache.commons.net.ftp.FTPSClient;
import org.jspecify.annotations.Nullable;

/**
 * commons-net's FTPS with data connections that resume the TLS session of the control connection. One thread.
 *
 * <p>The JDK keeps sessions by the host and port of their socket, so that a data connection finds none. Here it is opened
 * in clear by a socket that tells the control connection's port for its own, and TLS is laid over it. That needs no
 * reflection on the JDK's classes, which is what one finds elsewhere. Passive mode only.
 */
public final class ReusingFtpsClient extends FTPSClient {

    private final SSLContext context;
    private final String[] protocols;

    private ReusingFtpsClient(SSLContext context, String protocol) {
        super(false, context);
        this.context = context;
        this.protocols = new String[] {protocol};
        setEnabledProtocols(protocols);
    }

    /** A client that trusts the site's certificate, and speaks the version of TLS that the site asks for. */
    public static ReusingFtpsClient trusting(Site site) throws IOException {
        return new ReusingFtpsClient(trust(site), protocol(site.protection()));
    }

    /** The library's own client, with the same trust and version. */
    public static FTPSClient notReusing(Site site) throws IOException {
        FTPSClient client = new FTPSClient(false, trust(site));
        client.setEnabledProtocols(new String[] {protocol(site.protection())});
        return client;
    }

    /** TLS that trusts the site's certificate only. */
    private static SSLContext trust(Site site) throws IOException {
        try (InputStream pem = Files.newInputStream(site.certificate())) {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(
                    "server", CertificateFactory.getInstance("X.509").generateCertificate(pem));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** The version of TLS as the JDK calls it. */
    private static String protocol(Site.Protection protection) {
        return switch (protection) {
            case CLEAR -> throw new IllegalArgumentException("no TLS");
            case TLS_1_2 -> "TLSv1.2";
            case TLS_1_3 -> "TLSv1.3";
        };
    }

    /** To be called once logged in: PROT P, but with plain sockets for {@link #_openDataConnection_} to begin with. */
    public void protectData() throws IOException {
        execPBSZ(0);
        execPROT("P");
        int controlPort = getRemotePort();
        setSocketFactory(new DefaultSocketFactory() {
            @Override
            public Socket createSocket() {
                return new DataSocket(controlPort);
            }
        });
    }

    @Override
    protected @Nullable Socket _openDataConnection_(String command, @Nullable String argument) throws IOException {
        Socket plain = super._openDataConnection_(command, argument);
        if (plain == null) {
            return null;
        }
        SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(plain, _hostname_, plain.getPort(), true);
        socket.setEnabledProtocols(protocols);
        socket.startHandshake();
        return socket;
    }

    /** A socket that tells another port than it is connected to. */
    private static final class DataSocket extends Socket {

        private final int told;

        DataSocket(int told) {
            this.told = told;
        }

        @Override
        public int getPort() {
            return told;
        }
    }
}
