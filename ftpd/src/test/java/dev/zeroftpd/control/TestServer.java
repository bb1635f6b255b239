package dev.zeroftpd.control;

import dev.zeroftpd.charset.NameCharset;
import dev.zeroftpd.command.session.AuthCommand;
import dev.zeroftpd.config.PassiveSettings;
import dev.zeroftpd.config.PortRange;
import dev.zeroftpd.config.TestSettings;
import dev.zeroftpd.config.TlsSettings;
import dev.zeroftpd.control.admission.CommandThreads;
import dev.zeroftpd.control.admission.SessionLimits;
import dev.zeroftpd.control.reply.Banners;
import dev.zeroftpd.control.rule.TestRules;
import dev.zeroftpd.dataconnection.DataConnectionSettings;
import dev.zeroftpd.dataconnection.DataConnections;
import dev.zeroftpd.dataconnection.PassivePorts;
import dev.zeroftpd.dataconnection.tls.TlsContexts;
import dev.zeroftpd.ops.event.Events;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.ftpserver.ConnectionConfigFactory;
import org.apache.ftpserver.DataConnectionConfiguration;
import org.apache.ftpserver.FtpServer;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.command.CommandFactoryFactory;
import org.apache.ftpserver.ftplet.FileSystemFactory;
import org.apache.ftpserver.ftplet.Ftplet;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.usermanager.PropertiesUserManagerFactory;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.WritePermission;

/** An Apache FtpServer behind one {@link ZeroCopyListener}, with the account {@code u}, password {@code p}. */
public final class TestServer implements AutoCloseable {
    public final PassivePorts ports;
    public final ControlConnections connections;
    public final ZeroCopyListener listener;
    private final FtpServer server;

    /** What a test may choose. */
    public static final class Options {
        private final Map<String, Command> commands = new LinkedHashMap<>();
        private final Map<String, Ftplet> ftplets = new LinkedHashMap<>();
        private PortRange ports = new PortRange(0, 0);
        private Duration connectTimeout = Duration.ofSeconds(20);
        private int limit;
        private Optional<TlsSettings> tls = Optional.empty();
        private boolean tlsRequired;
        private Optional<DataConnectionConfiguration> data = Optional.empty();
        private Optional<FileSystemFactory> files = Optional.empty();

        public Options command(String verb, Command command) {
            commands.put(verb, command);
            return this;
        }

        public Options ftplet(Ftplet ftplet) {
            ftplets.put("test", ftplet);
            return this;
        }

        public Options ports(PortRange range) {
            ports = range;
            return this;
        }

        public Options connectTimeout(Duration timeout) {
            connectTimeout = timeout;
            return this;
        }

        public Options limit(int sessions) {
            limit = sessions;
            return this;
        }

        /** An embedder's own. */
        public Options data(DataConnectionConfiguration configuration) {
            data = Optional.of(configuration);
            return this;
        }

        /** Another than Apache FtpServer's own. */
        public Options files(FileSystemFactory factory) {
            files = Optional.of(factory);
            return this;
        }

        public Options tls(TlsSettings settings, boolean required) {
            tls = Optional.of(settings);
            tlsRequired = required;
            return this;
        }
    }

    public TestServer(Path home, Options options) throws Exception {
        ports = new PassivePorts(options.ports, address -> address);
        connections = new ControlConnections(
                new SessionLimits(options.limit, 0, 0, SessionLimits.NONE.ipv6PrefixBits()), Events.NONE);
        Optional<TlsContexts> tls = Optional.empty();
        if (options.tls.isPresent()) {
            tls = Optional.of(TlsContexts.load(options.tls.get()));
        }
        ControlSettings settings = new ControlSettings(
                        new CommandThreads(CommandThreads.DEFAULT_LIMIT),
                        connections,
                        new DataConnections(options.connectTimeout),
                        new TestRules(),
                        tls)
                .with(
                        new ListenerTerms(
                                options.tlsRequired,
                                options.tlsRequired,
                                NameCharset.UTF_8,
                                Duration.ZERO,
                                Optional.empty(),
                                new Banners()),
                        _ -> {});
        listener = new ZeroCopyListener(
                "127.0.0.1",
                0,
                false,
                tls.map(TlsContexts::sslConfiguration).orElse(null),
                options.data.orElseGet(() -> new DataConnectionSettings(
                        new PassiveSettings(options.ports, Optional.empty(), true),
                        TestSettings.DEFAULTS.active(),
                        ports,
                        () -> Duration.ofSeconds(60))),
                300,
                null,
                settings);
        FtpServerFactory factory = new FtpServerFactory();
        factory.setListeners(new HashMap<>(Map.of("default", listener)));
        ConnectionConfigFactory logins = new ConnectionConfigFactory();
        logins.setMaxLogins(0);
        factory.setConnectionConfig(logins.createConnectionConfig());
        factory.setFtplets(options.ftplets);
        options.files.ifPresent(factory::setFileSystem);
        CommandFactoryFactory commands = new CommandFactoryFactory();
        commands.addCommand("AUTH", new AuthCommand(FtpIoSession::reinitialize));
        options.commands.forEach(commands::addCommand);
        factory.setCommandFactory(commands.createCommandFactory());
        factory.setUserManager(new PropertiesUserManagerFactory().createUserManager());
        BaseUser user = new BaseUser();
        user.setName("u");
        user.setPassword("p");
        user.setHomeDirectory(home.toString());
        user.setAuthorities(List.of(new WritePermission()));
        factory.getUserManager().save(user);
        server = factory.createServer();
        server.start();
    }

    /** A client that has read the greeting. */
    public TestClient connect() throws Exception {
        TestClient client = new TestClient(listener.getPort());
        client.expect(220);
        return client;
    }

    /** A client that has logged in. */
    public TestClient login() throws Exception {
        TestClient client = connect();
        client.send("USER u", "PASS p");
        client.expect(331, 230);
        return client;
    }

    @Override
    public void close() {
        server.stop();
    }
}
