package dev.zeroftpd.server;

import dev.zeroftpd.command.Commands;
import dev.zeroftpd.command.Embedder;
import dev.zeroftpd.command.hash.HashThreads;
import dev.zeroftpd.command.login.LoginThreads;
import dev.zeroftpd.command.transfer.DataTransfers;
import dev.zeroftpd.command.transfer.SessionThrottles;
import dev.zeroftpd.command.verb.Verbs;
import dev.zeroftpd.config.Settings;
import dev.zeroftpd.config.StorageSettings;
import dev.zeroftpd.control.ControlConnections;
import dev.zeroftpd.control.ControlSettings;
import dev.zeroftpd.control.ZeroCopyListener;
import dev.zeroftpd.control.admission.CommandThreads;
import dev.zeroftpd.control.admission.SessionLimits;
import dev.zeroftpd.dataconnection.DataConnections;
import dev.zeroftpd.ops.TransferLog;
import dev.zeroftpd.storage.ftplet.HomeFileSystemFactory;
import dev.zeroftpd.storage.ftplet.HomeOptions;
import dev.zeroftpd.transfer.TransferEngine;
import dev.zeroftpd.transfer.bandwidth.Bandwidth;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.filesystem.nativefs.NativeFileSystemFactory;
import org.apache.ftpserver.ftplet.Ftplet;
import org.apache.ftpserver.listener.Listener;
import org.apache.ftpserver.listener.nio.NioListener;

/**
 * Gives an embedded Apache FtpServer our data path. Stateless; call it on the thread that sets the server up.
 *
 * <p>What the embedder chose stays: user manager, Ftplets, statistics, listener settings, added commands, and a custom
 * file system (whose files stream). What is stock gets replaced: {@link NioListener}s, Apache FtpServer's own transfer
 * and login commands, and {@link NativeFileSystemFactory}.
 */
public final class ZeroCopy {

    /** The name of the Ftplet that ends the engine together with the server. */
    static final String FTPLET = "dev.zeroftpd";

    private ZeroCopy() {}

    /**
     * Installs the data path into {@code factory}. Call it last before {@code createServer}: what is set on the factory
     * afterwards replaces what is installed here.
     *
     * @throws UncheckedIOException if the operating system refuses the selectors of the event loops
     */
    public static void install(FtpServerFactory factory) {
        Settings defaults = Settings.defaults();
        TransferEngine engine = startEngine(defaults.transfer().stallTimeout());
        LoginThreads logins = new LoginThreads();
        installFileSystem(factory, defaults);
        Verbs verbs = verbs(factory, engine, logins, defaults);
        factory.setCommandFactory(verbs);
        installListeners(factory, defaults, verbs);
        installEnd(factory, new EndOfServer(engine, logins));
    }

    private static TransferEngine startEngine(Duration stallTimeout) {
        try {
            return TransferEngine.start(stallTimeout);
        } catch (IOException e) {
            throw new UncheckedIOException("the transfer engine can't be started", e);
        }
    }

    private static Verbs verbs(
            FtpServerFactory factory, TransferEngine engine, LoginThreads logins, Settings defaults) {
        SessionThrottles throttles = new SessionThrottles(new Bandwidth(0, 0), _ -> Optional.empty());
        DataTransfers transfers = new DataTransfers(
                engine,
                throttles,
                defaults.transfer().connectTimeout(),
                defaults.tls().requireCloseNotify(),
                defaults.upload().withoutQuit(),
                new TransferLog());
        boolean ownFiles = factory.getFileSystem() instanceof HomeFileSystemFactory;
        return Commands.embedded(
                new Embedder(factory.getCommandFactory(), ownFiles, factory::getMessageResource),
                transfers,
                engine,
                logins,
                new HashThreads());
    }

    private static void installListeners(FtpServerFactory factory, Settings defaults, Verbs verbs) {
        ControlSettings settings = new ControlSettings(
                new CommandThreads(CommandThreads.DEFAULT_LIMIT),
                new ControlConnections(SessionLimits.NONE),
                new DataConnections(defaults.transfer().connectTimeout()),
                verbs,
                Optional.empty(),
                false);
        Map<String, Listener> stock = new HashMap<>(factory.getListeners());
        stock.forEach((name, listener) -> {
            if (listener instanceof NioListener nio && !(listener instanceof ZeroCopyListener)) {
                factory.addListener(name, ZeroCopyListener.inPlaceOf(nio, settings));
            }
        });
    }

    /** A subclass is the embedder's own, so it stays. */
    private static void installFileSystem(FtpServerFactory factory, Settings defaults) {
        if (factory.getFileSystem() instanceof NativeFileSystemFactory stock
                && stock.getClass() == NativeFileSystemFactory.class) {
            factory.setFileSystem(new HomeFileSystemFactory(
                    StorageSettings.asInApacheFtpServer(),
                    defaults.upload(),
                    defaults.transfer(),
                    new HomeOptions(stock.isCreateHome(), stock.isCaseInsensitive())));
        }
    }

    private static void installEnd(FtpServerFactory factory, Ftplet end) {
        Map<String, Ftplet> ftplets = new LinkedHashMap<>(factory.getFtplets());
        ftplets.put(FTPLET, end);
        factory.setFtplets(ftplets);
    }
}
