package dev.zeroftpd.server;

import dev.zeroftpd.command.Embedder;
import dev.zeroftpd.command.verb.Verbs;
import dev.zeroftpd.config.Settings;
import dev.zeroftpd.config.StorageSettings;
import dev.zeroftpd.config.reader.SettingsLoader;
import dev.zeroftpd.control.ControlConnections;
import dev.zeroftpd.control.ControlSettings;
import dev.zeroftpd.control.ZeroCopyListener;
import dev.zeroftpd.control.admission.SessionLimits;
import dev.zeroftpd.ops.event.Events;
import dev.zeroftpd.storage.ftplet.HomeFileSystemFactory;
import dev.zeroftpd.storage.ftplet.HomeOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
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
        Settings defaults = SettingsLoader.defaults();
        DataPath dataPath = start(defaults);
        installFileSystem(factory, defaults);
        boolean ownFiles = factory.getFileSystem() instanceof HomeFileSystemFactory;
        Verbs verbs = dataPath.verbs(new Embedder(factory.getCommandFactory(), ownFiles, factory::getMessageResource));
        factory.setCommandFactory(verbs);
        Events events = EventWriters.ofEmbeddedServer();
        installListeners(
                factory, dataPath.control(new ControlConnections(SessionLimits.NONE, events), verbs, Optional.empty()));
        installEnd(factory, new EndOfServer(dataPath, events));
    }

    private static DataPath start(Settings defaults) {
        try {
            return DataPath.start(defaults, _ -> Optional.empty(), Optional.empty());
        } catch (IOException e) {
            throw new UncheckedIOException("the transfer engine can't be started", e);
        }
    }

    private static void installListeners(FtpServerFactory factory, ControlSettings settings) {
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
