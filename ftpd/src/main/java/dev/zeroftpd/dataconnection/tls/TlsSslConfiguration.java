package dev.zeroftpd.dataconnection.tls;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.apache.ftpserver.ssl.ClientAuth;
import org.apache.ftpserver.ssl.SslConfiguration;
import org.jspecify.annotations.Nullable;

/** Presents {@link TlsContexts} to Apache FtpServer's own code. Thread-safe; every context it returns is a new one. */
final class TlsSslConfiguration implements SslConfiguration {
    private final TlsContexts contexts;
    private final TlsPolicy policy;

    TlsSslConfiguration(TlsContexts contexts, TlsPolicy policy) {
        this.contexts = contexts;
        this.policy = policy;
    }

    @Override
    public SSLSocketFactory getSocketFactory() {
        return getSSLContext().getSocketFactory();
    }

    @Override
    public SSLContext getSSLContext() {
        return contexts.newContext();
    }

    @Override
    public SSLContext getSSLContext(String protocol) {
        return getSSLContext();
    }

    @Override
    public String @Nullable [] getEnabledCipherSuites() {
        return policy.suites();
    }

    @Override
    public String getEnabledProtocol() {
        String[] protocols = policy.protocols();
        return protocols == null ? "TLSv1.3" : protocols[0];
    }

    @Override
    public String @Nullable [] getEnabledProtocols() {
        return policy.protocols();
    }

    @Override
    public ClientAuth getClientAuth() {
        return policy.clientAuth();
    }
}
