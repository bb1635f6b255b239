package dev.zeroftpd.it.clients;

import dev.zeroftpd.it.support.Program;
import dev.zeroftpd.it.support.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** tnftp: NetBSD's ftp, which macOS and FreeBSD also ship, driven by what one types. Stateless. */
final class TnftpClient implements Client {

    private static final Program TNFTP = new Program("tnftp", "the package tnftp");

    @Override
    public String name() {
        return "tnftp";
    }

    @Override
    public String version(Path folder) throws IOException {
        return TNFTP.version(folder, "-?");
    }

    @Override
    public Map<Job, String> notOffered() {
        Map<Job, String> reasons = new EnumMap<>(Job.class);
        String noTrees = "mget and mput enter no directories";
        reasons.put(Job.MIRROR_DOWN, noTrees);
        reasons.put(Job.MIRROR_UP, noTrees);
        Job.FTPS.forEach(job -> reasons.put(job, "knows no TLS in FTP"));
        return reasons;
    }

    @Override
    public void get(Site site, String remote, Path local) throws IOException {
        type(site, "get " + quoted(remote) + " " + quoted(local));
    }

    @Override
    public void resumeGet(Site site, String remote, Path local) throws IOException {
        type(site, "reget " + quoted(remote) + " " + quoted(local));
    }

    @Override
    public void put(Site site, Path local, String remote) throws IOException {
        type(site, "put " + quoted(local) + " " + quoted(remote));
    }

    /** What there is the user asks, and tells. */
    @Override
    public void resumePut(Site site, Path local, String remote) throws IOException {
        String size = type(site, "size " + quoted(remote)).lines().toList().getLast();
        type(
                site,
                "restart " + size.substring(size.lastIndexOf('\t') + 1),
                "put " + quoted(local) + " " + quoted(remote));
    }

    @Override
    public void append(Site site, Path local, String remote) throws IOException {
        type(site, "append " + quoted(local) + " " + quoted(remote));
    }

    @Override
    public void getText(Site site, String remote, Path local) throws IOException {
        type(site, "ascii", "get " + quoted(remote) + " " + quoted(local));
    }

    @Override
    public void putText(Site site, Path local, String remote) throws IOException {
        type(site, "ascii", "put " + quoted(local) + " " + quoted(remote));
    }

    @Override
    public void abortGet(Site site, String remote, Path local) throws IOException {
        TNFTP.runUntilSomeArrived(
                site, local, input(site, "get " + quoted(remote) + " " + quoted(local)), options(site));
    }

    @Override
    public List<String> list(Site site, String remote) throws IOException {
        Path names = site.folder().resolve("names");
        type(site, "cd " + quoted(remote), "nlist . " + quoted(names));
        return Files.readAllLines(names).stream()
                .map(name -> name.replaceFirst("^\\./", ""))
                .toList();
    }

    @Override
    public void rename(Site site, String from, String to) throws IOException {
        type(site, "rename " + quoted(from) + " " + quoted(to));
    }

    @Override
    public void makeDirectory(Site site, String remote) throws IOException {
        type(site, "mkdir " + quoted(remote));
    }

    @Override
    public void removeDirectory(Site site, String remote) throws IOException {
        type(site, "rmdir " + quoted(remote));
    }

    @Override
    public void delete(Site site, String remote) throws IOException {
        type(site, "delete " + quoted(remote));
    }

    @Override
    public Instant modified(Site site, String remote, Path scratch) throws IOException {
        get(site, remote, scratch);
        return Files.getLastModifiedTime(scratch).toInstant();
    }

    /** There is no command of its own for it: what one types behind {@code quote} goes out as it is. */
    @Override
    public void setModified(Site site, Path local, String remote) throws IOException {
        type(site, "quote MFMT " + FtpTime.of(Files.getLastModifiedTime(local).toInstant()) + " " + remote);
    }

    private static String type(Site site, String... commands) throws IOException {
        return TNFTP.run(site, input(site, commands), options(site));
    }

    private static String input(Site site, String... commands) {
        List<String> lines = new ArrayList<>();
        lines.add("user " + site.account().name() + " " + site.account().password());
        lines.addAll(List.of("binary", "glob"));
        lines.addAll(List.of(commands));
        lines.add("bye");
        return String.join("\n", lines) + "\n";
    }

    /** {@code -n}: no automatic login, {@code -i}: no questions. */
    private static List<String> options(Site site) {
        return List.of(site.isActive() ? "-A" : "-p", "-n", "-i", site.host(), site.port());
    }

    private static String quoted(Object name) {
        return name.toString().replaceAll("[ \"'\\\\]", "\\\\$0");
    }
}
