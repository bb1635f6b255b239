package example;

import dev.zeroftpd.server.ZeroCopy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.ftpserver.FtpServer;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.listener.ListenerFactory;
import org.apache.ftpserver.usermanager.PropertiesUserManagerFactory;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.WritePermission;

/** An FTP server inside an application: one account, whose home is the folder that the first argument names. */
public final class EmbeddedFtp {

    public static void main(String[] arguments) throws Exception {
        BaseUser ann = new BaseUser();
        ann.setName("ann");
        ann.setPassword("looking-glass");
        ann.setHomeDirectory(Files.createDirectories(Path.of(arguments[0])).toString());
        ann.setAuthorities(List.of(new WritePermission()));

        ListenerFactory listener = new ListenerFactory();
        listener.setServerAddress("127.0.0.1");
        listener.setPort(arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2121);

        FtpServerFactory factory = new FtpServerFactory();
        factory.setUserManager(new PropertiesUserManagerFactory().createUserManager());
        factory.getUserManager().save(ann);
        factory.addListener("default", listener.createListener());
        ZeroCopy.install(factory); // last, before createServer()

        FtpServer server = factory.createServer();
        server.start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
        System.out.println("Listening on 127.0.0.1:" + factory.getListener("default").getPort());
    }
}
