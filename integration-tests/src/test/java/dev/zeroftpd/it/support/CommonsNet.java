package dev.zeroftpd.it.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;

/** Logged-in clients of commons-net, and what a test does with them. Each client belongs to one thread. */
public final class CommonsNet {

    /** Only a server that never answers is waited for so long. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private CommonsNet() {}

    /** A client in TYPE I that opens its data connections as {@code way} says. */
    public static FTPClient login(ServerUnderTest server, Way way, Account account) throws IOException {
        return login(server.listener(way.family()), way.mode(), account);
    }

    public static FTPClient login(InetSocketAddress server, Way.Mode mode, Account account) throws IOException {
        FTPClient client = new FTPClient();
        login(client, server, mode, account);
        return client;
    }

    /** The same with a client that the test made. */
    public static void login(FTPClient client, InetSocketAddress server, Way.Mode mode, Account account)
            throws IOException {
        client.setControlEncoding(StandardCharsets.UTF_8.name());
        client.setDefaultTimeout((int) PATIENCE.toMillis());
        client.setDataTimeout(PATIENCE);
        client.connect(server.getAddress(), server.getPort());
        assertThat(client.login(account.name(), account.password()))
                .as(client.getReplyString())
                .isTrue();
        assertThat(client.setFileType(FTP.BINARY_FILE_TYPE)).isTrue();
        switch (mode) {
            case PASSIVE -> client.enterLocalPassiveMode();
            case ACTIVE -> client.enterLocalActiveMode();
        }
    }

    /** What is done with the bytes of a download while they arrive. */
    @FunctionalInterface
    public interface Check {
        void of(InputStream data) throws IOException;
    }

    /** Downloads from {@code offset} on and returns the last reply, which must be 226. */
    public static String retrieve(FTPClient client, String name, long offset, Check check) throws IOException {
        client.setRestartOffset(offset);
        try (InputStream data = client.retrieveFileStream(name)) {
            assertThat(data).as(client.getReplyString()).isNotNull();
            check.of(data);
        }
        assertThat(client.completePendingCommand()).as(client.getReplyString()).isTrue();
        assertThat(client.getReplyCode()).isEqualTo(226);
        return client.getReplyString();
    }

    /** Says good-bye, as a client does that wants to be sure that nothing is left. */
    public static void logout(FTPClient client) throws IOException {
        assertThat(client.logout()).as(client.getReplyString()).isTrue();
        client.disconnect();
    }
}
