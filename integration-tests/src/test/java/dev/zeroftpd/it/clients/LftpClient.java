package dev.zeroftpd.it.clients;

import dev.zeroftpd.it.support.Program;
import dev.zeroftpd.it.support.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** lftp. Stateless. */
final class LftpClient implements Client {

    private static final Program LFTP = new Program("lftp", "the package lftp");

    @Override
    public String name() {
        return "lftp";
    }

    @Override
    public String version(Path folder) throws IOException {
        return LFTP.version(folder, "--version");
    }

    @Override
    public Map<Job, String> notOffered() {
        return Map.of(Job.APPEND, "has no command for it");
    }

    @Override
    public void get(Site site, String remote, Path local) throws IOException {
        lftp(site, "get " + quoted(remote) + " -o " + quoted(local));
    }

    @Override
    public void resumeGet(Site site, String remote, Path local) throws IOException {
        lftp(site, "get -c " + quoted(remote) + " -o " + quoted(local));
    }

    @Override
    public void put(Site site, Path local, String remote) throws IOException {
        lftp(site, "put " + quoted(local) + " -o " + quoted(remote));
    }

    @Override
    public void resumePut(Site site, Path local, String remote) throws IOException {
        lftp(site, "put -c " + quoted(local) + " -o " + quoted(remote));
    }

    @Override
    public void getText(Site site, String remote, Path local) throws IOException {
        lftp(site, "get -a " + quoted(remote) + " -o " + quoted(local));
    }

    @Override
    public void putText(Site site, Path local, String remote) throws IOException {
        lftp(site, "put -a " + quoted(local) + " -o " + quoted(remote));
    }

    /** Without the background, into which it would go on SIGTERM. */
    @Override
    public void abortGet(Site site, String remote, Path local) throws IOException {
        String script = script(site, "set cmd:move-background no; get " + quoted(remote) + " -o " + quoted(local));
        LFTP.runUntilSomeArrived(site, local, "", List.of("--norc", "-c", script));
    }

    @Override
    public void mirrorDown(Site site, String remote, Path local) throws IOException {
        lftp(site, "mirror --parallel=4 " + quoted(remote) + " " + quoted(local));
    }

    @Override
    public void mirrorUp(Site site, Path local, String remote) throws IOException {
        lftp(site, "mirror --reverse --parallel=4 " + quoted(local) + " " + quoted(remote));
    }

    @Override
    public List<String> list(Site site, String remote) throws IOException {
        return lftp(site, "cd " + quoted(remote) + "; cls -1")
                .lines()
                .map(name -> name.endsWith("/") ? name.substring(0, name.length() - 1) : name)
                .toList();
    }

    @Override
    public void rename(Site site, String from, String to) throws IOException {
        lftp(site, "mv " + quoted(from) + " " + quoted(to));
    }

    @Override
    public void makeDirectory(Site site, String remote) throws IOException {
        lftp(site, "mkdir " + quoted(remote));
    }

    @Override
    public void removeDirectory(Site site, String remote) throws IOException {
        lftp(site, "rmdir " + quoted(remote));
    }

    @Override
    public void delete(Site site, String remote) throws IOException {
        lftp(site, "rm " + quoted(remote));
    }

    @Override
    public Instant modified(Site site, String remote, Path scratch) throws IOException {
        get(site, remote, scratch);
        return Files.getLastModifiedTime(scratch).toInstant();
    }

    /** An upload takes its file's time with it. */
    @Override
    public void setModified(Site site, Path local, String remote) throws IOException {
        put(site, local, remote);
    }

    private static String lftp(Site site, String commands) throws IOException {
        return LFTP.run(site, "--norc", "-c", script(site, commands));
    }

    private static String script(Site site, String commands) {
        String protection = switch (site.protection()) {
            case CLEAR -> "set ftp:ssl-allow no; ";
            case TLS_1_2 -> tls("NORMAL:-VERS-ALL:+VERS-TLS1.2", site);
            case TLS_1_3 -> tls("NORMAL:-VERS-ALL:+VERS-TLS1.3", site);
        };
        return "set cmd:fail-exit yes; set xfer:clobber yes; set net:max-retries 1; set net:timeout 20; set"
                + " ftp:passive-mode "
                + !site.isActive() + "; " + protection + "open -u "
                + site.account().name() + ","
                + site.account().password() + " -p " + site.port() + " " + site.host() + "; " + commands + "; bye";
    }

    private static String tls(String priority, Site site) {
        return "set ftp:ssl-force yes; set ftp:ssl-protect-data yes; set ssl:priority " + priority
                + "; set ssl:ca-file " + quoted(site.certificate()) + "; ";
    }

    private static String quoted(Object name) {
        return "\"" + name.toString().replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
