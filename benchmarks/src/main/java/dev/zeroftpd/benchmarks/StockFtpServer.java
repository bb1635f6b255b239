package dev.zeroftpd.benchmarks;

import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.ftpserver.ConnectionConfig;
import org.apache.ftpserver.ConnectionConfigFactory;
import org.apache.ftpserver.DataConnectionConfigurationFactory;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.ftplet.Authority;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.UserManager;
import org.apache.ftpserver.listener.ListenerFactory;
import org.apache.ftpserver.ssl.SslConfigurationFactory;
import org.apache.ftpserver.usermanager.ClearTextPasswordEncryptor;
import org.apache.ftpserver.usermanager.PropertiesUserManagerFactory;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.ConcurrentLoginPermission;
import org.apache.ftpserver.usermanager.impl.TransferRatePermission;
import org.apache.ftpserver.usermanager.impl.WritePermission;

/**
 * Stock Apache FtpServer with nothing of ours, as a peer of the comparison: one user, limits lifted, 64 threads.
 * Runs on the main thread until the server's own threads take over.
 *
 * <p>Arguments are {@code key=value}: {@code port}, {@code passive} (a range), {@code home}, {@code user},
 * {@code password}, {@code rate} (bytes a second, 0 is unlimited) and, for explicit TLS, {@code keystore} (PKCS #12, with
 * the password {@code changeit}).
 */
final class StockFtpServer {
    /** By default the server runs commands on as many threads as it admits logins, 10: too few to be compared. */
    private static final int THREADS = 64;

    private static final int UNLIMITED = 0;
    private static final String KEYSTORE_PASSWORD = "changeit";

    private StockFtpServer() {}

    public static void main(String[] arguments) throws FtpException {
        Map<String, String> options = Arrays.stream(arguments)
                .map(argument -> argument.split("=", 2))
                .collect(Collectors.toUnmodifiableMap(pair -> pair[0], pair -> pair[1]));
        FtpServerFactory server = new FtpServerFactory();
        server.setUserManager(users(options));
        server.setConnectionConfig(connections());
        server.addListener("default", listener(options).createListener());
        server.createServer().start();
    }

    private static UserManager users(Map<String, String> options) throws FtpException {
        BaseUser user = new BaseUser();
        user.setName(required(options, "user"));
        user.setPassword(required(options, "password"));
        user.setHomeDirectory(required(options, "home"));
        int rate = Integer.parseInt(options.getOrDefault("rate", "0"));
        List<Authority> authorities = List.of(
                new WritePermission(),
                new ConcurrentLoginPermission(UNLIMITED, UNLIMITED),
                new TransferRatePermission(rate, UNLIMITED));
        user.setAuthorities(authorities);
        PropertiesUserManagerFactory factory = new PropertiesUserManagerFactory();
        factory.setPasswordEncryptor(new ClearTextPasswordEncryptor());
        UserManager manager = factory.createUserManager();
        manager.save(user);
        return manager;
    }

    private static ConnectionConfig connections() {
        ConnectionConfigFactory factory = new ConnectionConfigFactory();
        factory.setMaxLogins(UNLIMITED);
        factory.setMaxThreads(THREADS);
        factory.setAnonymousLoginEnabled(false);
        return factory.createConnectionConfig();
    }

    private static ListenerFactory listener(Map<String, String> options) {
        ListenerFactory factory = new ListenerFactory();
        factory.setServerAddress("127.0.0.1");
        factory.setPort(Integer.parseInt(required(options, "port")));
        DataConnectionConfigurationFactory data = new DataConnectionConfigurationFactory();
        data.setPassivePorts(required(options, "passive"));
        factory.setDataConnectionConfiguration(data.createDataConnectionConfiguration());
        String keystore = options.get("keystore");
        if (keystore != null) {
            SslConfigurationFactory ssl = new SslConfigurationFactory();
            ssl.setKeystoreFile(new File(keystore));
            ssl.setKeystoreType("PKCS12");
            ssl.setKeystorePassword(KEYSTORE_PASSWORD);
            ssl.setSslProtocol("TLSv1.2", "TLSv1.3");
            factory.setSslConfiguration(ssl.createSslConfiguration());
        }
        return factory;
    }

    private static String required(Map<String, String> options, String key) {
        String value = options.get(key);
        if (value == null) {
            throw new IllegalArgumentException("missing argument " + key + "=");
        }
        return value;
    }
}
