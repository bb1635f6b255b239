package dev.zeroftpd.it.clients;

import dev.zeroftpd.it.support.Program;
import dev.zeroftpd.it.support.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** rclone. Stateless. */
final class RcloneClient implements Client {

    private static final Program RCLONE = new Program("rclone", "the package rclone");

    @Override
    public String name() {
        return "rclone";
    }

    @Override
    public String version(Path folder) throws IOException {
        return RCLONE.version(folder, "version");
    }

    @Override
    public Map<Job, String> notOffered() {
        Map<Job, String> reasons = new EnumMap<>(Job.class);
        String anew = "begins broken uploads anew";
        reasons.put(Job.RESUME_UPLOAD, anew);
        reasons.put(Job.RESUME_UPLOAD_BEYOND_4_GIB, anew);
        reasons.put(Job.APPEND, "replaces whole files only");
        reasons.put(Job.ASCII, "always asks for TYPE I");
        reasons.put(Job.IPV4_ACTIVE, "passive only");
        reasons.put(Job.IPV6_ACTIVE, "passive only");
        reasons.put(
                Job.FTPS_1_2_REUSE,
                "before Go 1.21 has no extended master secret, without which the JDK resumes nothing");
        return reasons;
    }

    @Override
    public void get(Site site, String remote, Path local) throws IOException {
        rclone(site, "copyto", at(remote), local.toString());
    }

    /** By {@code cat}: its copies begin broken downloads anew. */
    @Override
    public void resumeGet(Site site, String remote, Path local) throws IOException {
        Path rest = site.folder().resolve("rest");
        RCLONE.runInto(site, rest, options(site, "cat", "--offset", Long.toString(Files.size(local)), at(remote)));
        Files.write(local, Files.readAllBytes(rest), StandardOpenOption.APPEND);
    }

    @Override
    public void put(Site site, Path local, String remote) throws IOException {
        rclone(site, "copyto", local.toString(), at(remote));
    }

    @Override
    public void abortGet(Site site, String remote, Path local) throws IOException {
        RCLONE.runUntilSomeArrived(site, local, "", options(site, "copyto", at(remote), local.toString()));
    }

    @Override
    public void mirrorDown(Site site, String remote, Path local) throws IOException {
        rclone(site, "sync", at(remote), local.toString());
    }

    @Override
    public void mirrorUp(Site site, Path local, String remote) throws IOException {
        rclone(site, "sync", local.toString(), at(remote));
    }

    @Override
    public List<String> list(Site site, String remote) throws IOException {
        return rclone(site, "lsf", "--dir-slash=false", at(remote)).lines().toList();
    }

    @Override
    public void rename(Site site, String from, String to) throws IOException {
        rclone(site, "moveto", at(from), at(to));
    }

    @Override
    public void makeDirectory(Site site, String remote) throws IOException {
        rclone(site, "mkdir", at(remote));
    }

    @Override
    public void removeDirectory(Site site, String remote) throws IOException {
        rclone(site, "rmdir", at(remote));
    }

    @Override
    public void delete(Site site, String remote) throws IOException {
        rclone(site, "deletefile", at(remote));
    }

    @Override
    public Instant modified(Site site, String remote, Path scratch) throws IOException {
        get(site, remote, scratch);
        return Files.getLastModifiedTime(scratch).toInstant();
    }

    /** A copy of what is there already only sets the time. */
    @Override
    public void setModified(Site site, Path local, String remote) throws IOException {
        put(site, local, remote);
    }

    private static String rclone(Site site, String... arguments) throws IOException {
        return RCLONE.run(site, "", options(site, arguments));
    }

    private static List<String> options(Site site, String... arguments) throws IOException {
        List<String> options = new ArrayList<>(List.of("--config", "", "--retries", "1", "--timeout", "20s"));
        options.addAll(List.of("--ftp-host", site.bracketedHost(), "--ftp-port", site.port()));
        options.addAll(List.of("--ftp-user", site.account().name()));
        options.addAll(List.of(
                "--ftp-pass",
                RCLONE.run(site, "obscure", site.account().password()).strip()));
        switch (site.protection()) {
            case CLEAR -> {}
            case TLS_1_2 -> options.addAll(List.of("--ftp-explicit-tls", "--ftp-disable-tls13"));
            case TLS_1_3 -> options.add("--ftp-explicit-tls");
        }
        options.addAll(List.of(arguments));
        return options;
    }

    private static String at(String remote) {
        return ":ftp:" + remote;
    }
}
