package dev.zeroftpd.it.clients;

import dev.zeroftpd.it.support.Program;
import dev.zeroftpd.it.support.Site;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The JDK's own {@code ftp:} URLs, in this process. Stateless. */
final class JdkUrlClient implements Client {

    private static final int PATIENCE_MILLIS = 20_000;

    @Override
    public String name() {
        return "JDK URL";
    }

    @Override
    public String version(Path folder) {
        return "JDK " + Runtime.version();
    }

    @Override
    public Map<Job, String> notOffered() {
        Map<Job, String> reasons = new EnumMap<>(Job.class);
        reasons.put(Job.RESUME, "has no REST");
        reasons.put(Job.RESUME_BEYOND_4_GIB, "has no REST");
        reasons.put(Job.RESUME_UPLOAD, "has no REST");
        reasons.put(Job.RESUME_UPLOAD_BEYOND_4_GIB, "has no REST");
        for (Job job : List.of(
                Job.APPEND,
                Job.MIRROR_DOWN,
                Job.MIRROR_UP,
                Job.RENAME,
                Job.MAKE_DIRECTORY,
                Job.REMOVE_DIRECTORY,
                Job.DELETE,
                Job.READ_TIME,
                Job.SET_TIME)) {
            reasons.put(job, "gets, lists and puts only");
        }
        reasons.put(Job.IPV4_ACTIVE, "active only where passive fails");
        reasons.put(Job.IPV6_ACTIVE, "active only where passive fails");
        Job.FTPS.forEach(job -> reasons.put(job, "has no ftps: URLs"));
        return reasons;
    }

    @Override
    public void get(Site site, String remote, Path local) throws IOException {
        try (InputStream in = open(site, remote, ";type=i").getInputStream();
                OutputStream out = Files.newOutputStream(local)) {
            in.transferTo(out);
        }
    }

    @Override
    public void put(Site site, Path local, String remote) throws IOException {
        store(site, local, remote, ";type=i");
    }

    @Override
    public void getText(Site site, String remote, Path local) throws IOException {
        try (InputStream in = open(site, remote, ";type=a").getInputStream();
                OutputStream out = Files.newOutputStream(local)) {
            in.transferTo(out);
        }
    }

    @Override
    public void putText(Site site, Path local, String remote) throws IOException {
        store(site, local, remote, ";type=a");
    }

    private static void store(Site site, Path local, String remote, String type) throws IOException {
        try (OutputStream out = open(site, remote, type).getOutputStream()) {
            Files.copy(local, out);
        }
    }

    @Override
    public void abortGet(Site site, String remote, Path local) throws IOException {
        try (InputStream in = open(site, remote, ";type=i").getInputStream()) {
            Files.write(local, in.readNBytes(1000));
        }
    }

    @Override
    public List<String> list(Site site, String remote) throws IOException {
        try (InputStream in = open(site, remote, ";type=d").getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.substring(line.lastIndexOf('/') + 1))
                    .toList();
        }
    }

    private static URLConnection open(Site site, String remote, String type) throws IOException {
        String account = site.account().name() + ":" + site.account().password() + "@";
        String url = Program.url("ftp", site, remote).replace("://", "://" + account) + type;
        URLConnection connection = URI.create(url).toURL().openConnection();
        connection.setConnectTimeout(PATIENCE_MILLIS);
        connection.setReadTimeout(PATIENCE_MILLIS);
        return connection;
    }
}
