package dev.zeroftpd.admin.http;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.zeroftpd.config.admin.AdminSettings;
import dev.zeroftpd.config.admin.Endpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * The HTTP server for metrics, health and the live page. One thread binds, starts and closes it; requests have threads of their own, which
 * carry no FTP session: a client that stops in the middle of a request holds one of them, for some seconds.
 */
public final class AdminServer implements AutoCloseable {

    /** Scrapers that wait in the kernel's queue. */
    private static final int BACKLOG = 16;

    /** Longer than the pause between two scrapes, mostly. */
    private static final int IDLE_THREAD_SECONDS = 30;

    private final AdminSettings settings;
    private final Access access;
    private final HttpServer server;
    private final ThreadPoolExecutor threads;
    private final Deadlines deadlines = new Deadlines();

    /** What makes connections secure, and for each of them by what rules. */
    public record Security(SSLContext context, Supplier<SSLParameters> parameters) {}

    private AdminServer(AdminSettings settings, HttpServer server, Optional<byte[]> token) {
        this.settings = settings;
        this.access = new Access(settings, token);
        this.server = server;
        this.threads = new ThreadPoolExecutor(
                0,
                HttpLimits.THREADS,
                IDLE_THREAD_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                Thread.ofPlatform().daemon().name("admin-", 0).factory());
    }

    /**
     * Listens; clients that connect wait until it is started. Of the JDK's server only the two threads that close connections
     * run from now on.
     *
     * @param token what clients need for metrics
     * @throws IOException if the port can't be bound
     */
    public static AdminServer bind(AdminSettings settings, Endpoint endpoint, Optional<byte[]> token)
            throws IOException {
        HttpLimits.set();
        InetSocketAddress address = endpoint.socketAddress();
        HttpServer server = settings.tls() ? HttpsServer.create(address, BACKLOG) : HttpServer.create(address, BACKLOG);
        return new AdminServer(settings, server, token);
    }

    /**
     * Answers from now on.
     *
     * @param site answers what is neither metrics nor health
     */
    public void start(Content content, Site site, Optional<Security> security) {
        if (server instanceof HttpsServer secure) {
            secure.setHttpsConfigurator(new Configurator(security.orElseThrow()));
        }
        server.setExecutor(threads);
        server.createContext("/", new Pages(access, settings, content, site, deadlines));
        server.start();
    }

    /** Each handshake gets the rules that hold then. */
    private static final class Configurator extends HttpsConfigurator {

        private final Security security;

        Configurator(Security security) {
            super(security.context());
            this.security = security;
        }

        @Override
        public void configure(HttpsParameters connection) {
            connection.setSSLParameters(security.parameters().get());
        }
    }

    /** Changes the token for requests that come from now on. */
    public void token(Optional<byte[]> changed) {
        access.token(changed);
    }

    /** Such as {@code http://127.0.0.1:9121/}, with the port that it has. */
    public String address() {
        return address(server.getAddress().getAddress().getHostAddress());
    }

    /** The same as a browser on this machine can use it: where it listens at every address, by a name or a loopback address. */
    public String link() {
        return server.getAddress().getAddress().isAnyLocalAddress()
                ? address(settings.hostNames().stream().sorted().findFirst().orElse("127.0.0.1"))
                : address();
    }

    private String address(String host) {
        String scheme = settings.tls() ? "https://" : "http://";
        return scheme + new Endpoint(host, server.getAddress().getPort()) + settings.pathPrefix();
    }

    /** Frees the port and ends what is being asked. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        deadlines.close();
    }
}
