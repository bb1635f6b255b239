package dev.zeroftpd.it.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.CommonsNet;
import dev.zeroftpd.it.support.ReusingFtpsClient;
import dev.zeroftpd.it.support.Site;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPFile;
import org.apache.commons.net.ftp.FTPSClient;

/** Apache Commons Net, in this process. Stateless. */
final class CommonsNetClient implements Client {

    private static final int PATIENCE_MILLIS = 20_000;

    @Override
    public String name() {
        return "commons-net";
    }

    @Override
    public String version(Path folder) {
        return "commons-net " + FTPClient.class.getPackage().getImplementationVersion();
    }

    @Override
    public Map<Job, String> notOffered() {
        return Map.of();
    }

    @Override
    public void get(Site site, String remote, Path local) throws IOException {
        with(site, client -> retrieve(client, remote, local));
    }

    private static void retrieve(FTPClient client, String remote, Path local) throws IOException {
        try (OutputStream out = Files.newOutputStream(local)) {
            expect(client, client.retrieveFile(remote, out));
        }
    }

    @Override
    public void resumeGet(Site site, String remote, Path local) throws IOException {
        with(site, client -> {
            client.setRestartOffset(Files.size(local));
            try (OutputStream out = Files.newOutputStream(local, StandardOpenOption.APPEND)) {
                expect(client, client.retrieveFile(remote, out));
            }
        });
    }

    @Override
    public void put(Site site, Path local, String remote) throws IOException {
        with(site, client -> store(client, local, remote));
    }

    private static void store(FTPClient client, Path local, String remote) throws IOException {
        try (InputStream in = Files.newInputStream(local)) {
            expect(client, client.storeFile(remote, in));
        }
    }

    @Override
    public void resumePut(Site site, Path local, String remote) throws IOException {
        with(site, client -> {
            long size = Long.parseLong(client.getSize(remote));
            client.setRestartOffset(size);
            try (InputStream in = Files.newInputStream(local)) {
                in.skipNBytes(size);
                expect(client, client.storeFile(remote, in));
            }
        });
    }

    @Override
    public void append(Site site, Path local, String remote) throws IOException {
        with(site, client -> {
            try (InputStream in = Files.newInputStream(local)) {
                expect(client, client.appendFile(remote, in));
            }
        });
    }

    @Override
    public void getText(Site site, String remote, Path local) throws IOException {
        with(site, client -> {
            expect(client, client.setFileType(FTP.ASCII_FILE_TYPE));
            retrieve(client, remote, local);
        });
    }

    @Override
    public void putText(Site site, Path local, String remote) throws IOException {
        with(site, client -> {
            expect(client, client.setFileType(FTP.ASCII_FILE_TYPE));
            store(client, local, remote);
        });
    }

    @Override
    public void abortGet(Site site, String remote, Path local) throws IOException {
        with(site, client -> {
            InputStream data = client.retrieveFileStream(remote);
            expect(client, data != null);
            Files.write(local, data.readNBytes(1000));
            client.abort();
            data.close();
            assertThat(client.getReply()).isEqualTo(226);
        });
    }

    @Override
    public void mirrorDown(Site site, String remote, Path local) throws IOException {
        with(site, client -> mirrorDown(client, remote, local));
    }

    private static void mirrorDown(FTPClient client, String remote, Path local) throws IOException {
        Files.createDirectories(local);
        for (FTPFile file : client.listFiles(remote)) {
            String name = remote + "/" + file.getName();
            if (file.isDirectory()) {
                mirrorDown(client, name, local.resolve(file.getName()));
            } else {
                retrieve(client, name, local.resolve(file.getName()));
            }
        }
    }

    @Override
    public void mirrorUp(Site site, Path local, String remote) throws IOException {
        try (Stream<Path> all = Files.walk(local)) {
            List<Path> paths = all.toList();
            with(site, client -> {
                for (Path path : paths) {
                    String name = path.equals(local) ? remote : remote + "/" + local.relativize(path);
                    if (Files.isDirectory(path)) {
                        expect(client, client.makeDirectory(name));
                    } else {
                        store(client, path, name);
                    }
                }
            });
        }
    }

    @Override
    public List<String> list(Site site, String remote) throws IOException {
        FTPClient client = login(site);
        List<String> names =
                Stream.of(client.listFiles(remote)).map(FTPFile::getName).toList();
        CommonsNet.logout(client);
        return names;
    }

    @Override
    public void rename(Site site, String from, String to) throws IOException {
        with(site, client -> expect(client, client.rename(from, to)));
    }

    @Override
    public void makeDirectory(Site site, String remote) throws IOException {
        with(site, client -> expect(client, client.makeDirectory(remote)));
    }

    @Override
    public void removeDirectory(Site site, String remote) throws IOException {
        with(site, client -> expect(client, client.removeDirectory(remote)));
    }

    @Override
    public void delete(Site site, String remote) throws IOException {
        with(site, client -> expect(client, client.deleteFile(remote)));
    }

    @Override
    public Instant modified(Site site, String remote, Path scratch) throws IOException {
        FTPClient client = login(site);
        Instant time = client.mdtmInstant(remote);
        CommonsNet.logout(client);
        return time;
    }

    @Override
    public void setModified(Site site, Path local, String remote) throws IOException {
        String time = FtpTime.of(Files.getLastModifiedTime(local).toInstant());
        with(site, client -> expect(client, client.setModificationTime(remote, time)));
    }

    /** What is done with a client that is logged in. */
    @FunctionalInterface
    private interface Use {
        void of(FTPClient client) throws IOException;
    }

    private static void with(Site site, Use use) throws IOException {
        FTPClient client = login(site);
        use.of(client);
        CommonsNet.logout(client);
    }

    private static FTPClient login(Site site) throws IOException {
        FTPClient client = client(site);
        client.setControlEncoding(StandardCharsets.UTF_8);
        client.setDefaultTimeout(PATIENCE_MILLIS);
        client.connect(site.host(), site.address().getPort());
        expect(client, client.login(site.account().name(), site.account().password()));
        switch (client) {
            case ReusingFtpsClient reusing -> reusing.protectData();
            case FTPSClient plain -> {
                plain.execPBSZ(0);
                plain.execPROT("P");
            }
            default -> {}
        }
        expect(client, client.setFileType(FTP.BINARY_FILE_TYPE));
        switch (site.mode()) {
            case PASSIVE -> client.enterLocalPassiveMode();
            case ACTIVE -> client.enterLocalActiveMode();
        }
        return client;
    }

    private static FTPClient client(Site site) throws IOException {
        if (!site.isProtected()) {
            return new FTPClient();
        }
        return site.resuming() ? ReusingFtpsClient.trusting(site) : ReusingFtpsClient.notReusing(site);
    }

    private static void expect(FTPClient client, boolean success) {
        assertThat(success).as(client.getReplyString()).isTrue();
    }
}
