package dev.zeroftpd.it.support;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.zeroftpd.server.ZeroCopy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FileSystemFactory;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.FtpStatistics;
import org.apache.ftpserver.ftplet.Ftplet;
import org.apache.ftpserver.ftplet.UserManager;
import org.apache.ftpserver.impl.DefaultFtpServer;
import org.apache.ftpserver.listener.Listener;
import org.apache.ftpserver.listener.ListenerFactory;
import org.apache.ftpserver.usermanager.ClearTextPasswordEncryptor;
import org.apache.ftpserver.usermanager.PropertiesUserManagerFactory;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.WritePermission;

/**
 * An application that embeds Apache FtpServer as its manual says, and then our data path. Any thread may ask it; one
 * starts and closes it.
 */
public final class EmbeddedServer implements AutoCloseable {

    private static final String LISTENER = "default";

    private final DefaultFtpServer server;

    private EmbeddedServer(DefaultFtpServer server) {
        this.server = server;
    }

    /** What an embedder sets on the factory before calling {@link ZeroCopy#install}. */
    @FunctionalInterface
    public interface Choices {
        void on(FtpServerFactory factory);
    }

    public static EmbeddedServer start(Account account, String home, Choices choices) throws FtpException {
        FtpServerFactory factory = new FtpServerFactory();
        factory.setUserManager(users(account, home));
        ListenerFactory listener = new ListenerFactory();
        listener.setServerAddress("127.0.0.1");
        listener.setPort(0);
        factory.addListener(LISTENER, listener.createListener());
        choices.on(factory);
        ZeroCopy.install(factory);
        DefaultFtpServer server = (DefaultFtpServer) factory.createServer();
        server.start();
        return new EmbeddedServer(server);
    }

    public static Choices ftplet(Ftplet ftplet) {
        return factory -> factory.setFtplets(Map.of("test", ftplet));
    }

    public static Choices fileSystem(FileSystemFactory fileSystem) {
        return factory -> factory.setFileSystem(fileSystem);
    }

    private static UserManager users(Account account, String home) throws FtpException {
        PropertiesUserManagerFactory factory = new PropertiesUserManagerFactory();
        factory.setPasswordEncryptor(new ClearTextPasswordEncryptor());
        UserManager users = factory.createUserManager();
        BaseUser user = new BaseUser();
        user.setName(account.name());
        user.setPassword(account.password());
        user.setHomeDirectory(home);
        user.setAuthorities(account.mayWrite() ? List.of(new WritePermission()) : List.of());
        users.save(user);
        return users;
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(
                InetAddress.getLoopbackAddress(), listener().getPort());
    }

    public Listener listener() {
        return server.getListener(LISTENER);
    }

    /** Who answers a verb. */
    public Command command(String verb) {
        return server.getServerContext().getCommandFactory().getCommand(verb);
    }

    public FtpStatistics statistics() {
        return server.getServerContext().getFtpStatistics();
    }

    @Override
    public void close() {
        server.stop();
    }

    /** Serves a home in memory with one {@code file} of the given size, in a process that may be traced. */
    public static void main(String[] arguments) throws IOException, FtpException, InterruptedException {
        FileSystem memory = Jimfs.newFileSystem("memory", Configuration.unix());
        Path home = Files.createDirectory(memory.getPath("/home"));
        PatternFile.write(home.resolve("file"), Long.parseLong(arguments[0]));
        EmbeddedServer server = start(Account.ALICE, home.toUri().toString(), factory -> {});
        System.out.println("Listening on 127.0.0.1:" + server.address().getPort());
        new CountDownLatch(1).await();
    }
}
