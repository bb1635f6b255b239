package dev.zeroftpd.it.clients;

import dev.zeroftpd.it.support.Account;
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

/** NcFTP: ncftpget, ncftpput and ncftpls. Stateless. */
final class NcftpClient implements Client {

    private static final String ORIGIN = "the package ncftp";
    private static final Program GET = new Program("ncftpget", ORIGIN);
    private static final Program PUT = new Program("ncftpput", ORIGIN);
    private static final Program LS = new Program("ncftpls", ORIGIN);
    private static final Program SHELL = new Program("ncftp", ORIGIN);

    @Override
    public String name() {
        return "ncftp";
    }

    @Override
    public String version(Path folder) throws IOException {
        return PUT.version(folder, "-h");
    }

    @Override
    public Map<Job, String> notOffered() {
        Map<Job, String> reasons = new EnumMap<>(Job.class);
        reasons.put(Job.IPV6_PASSIVE, "knows no IPv6");
        reasons.put(Job.IPV6_ACTIVE, "knows no IPv6");
        Job.FTPS.forEach(job -> reasons.put(job, "knows no TLS"));
        return reasons;
    }

    @Override
    public void get(Site site, String remote, Path local) throws IOException {
        ncftp(GET, site, List.of("-C", "-Z"), site.host(), remote, local.toString());
    }

    @Override
    public void resumeGet(Site site, String remote, Path local) throws IOException {
        ncftp(GET, site, List.of("-C", "-z"), site.host(), remote, local.toString());
    }

    @Override
    public void put(Site site, Path local, String remote) throws IOException {
        ncftp(PUT, site, List.of("-C", "-Z"), site.host(), local.toString(), remote);
    }

    /** Without sendfile, with which NcFTP sends the whole file whatever its REST said. */
    @Override
    public void resumePut(Site site, Path local, String remote) throws IOException {
        ncftp(PUT, site, List.of("-C", "-s", "-z"), site.host(), local.toString(), remote);
    }

    @Override
    public void append(Site site, Path local, String remote) throws IOException {
        ncftp(PUT, site, List.of("-C", "-A"), site.host(), local.toString(), remote);
    }

    @Override
    public void getText(Site site, String remote, Path local) throws IOException {
        ncftp(GET, site, List.of("-C", "-a"), site.host(), remote, local.toString());
    }

    @Override
    public void putText(Site site, Path local, String remote) throws IOException {
        ncftp(PUT, site, List.of("-C", "-a"), site.host(), local.toString(), remote);
    }

    @Override
    public void abortGet(Site site, String remote, Path local) throws IOException {
        List<String> options = options(site, List.of("-C"), site.host(), remote, local.toString());
        GET.runUntilSomeArrived(site, local, "", options);
    }

    @Override
    public void mirrorDown(Site site, String remote, Path local) throws IOException {
        ncftp(GET, site, List.of("-R"), site.host(), site.folder().toString(), remote);
    }

    @Override
    public void mirrorUp(Site site, Path local, String remote) throws IOException {
        String above = remote.substring(0, remote.lastIndexOf('/'));
        ncftp(PUT, site, List.of("-R"), site.host(), above, local.toString());
    }

    @Override
    public List<String> list(Site site, String remote) throws IOException {
        return ncftp(LS, site, List.of("-1"), Program.url("ftp", site, remote + "/"))
                .lines()
                .toList();
    }

    @Override
    public void rename(Site site, String from, String to) throws IOException {
        shell(site, "rename " + from + " " + to);
    }

    @Override
    public void makeDirectory(Site site, String remote) throws IOException {
        shell(site, "mkdir " + remote);
    }

    @Override
    public void removeDirectory(Site site, String remote) throws IOException {
        shell(site, "rmdir " + remote);
    }

    @Override
    public void delete(Site site, String remote) throws IOException {
        shell(site, "rm " + remote);
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

    private static void shell(Site site, String command) throws IOException {
        Account account = site.account();
        SHELL.run(
                site,
                command + "\nbye\n",
                List.of("-u", account.name(), "-p", account.password(), "-P", site.port(), site.host()));
    }

    private static String ncftp(Program program, Site site, List<String> switches, String... arguments)
            throws IOException {
        return program.run(site, "", options(site, switches, arguments));
    }

    private static List<String> options(Site site, List<String> switches, String... arguments) {
        Account account = site.account();
        List<String> options = new ArrayList<>(switches);
        options.addAll(List.of("-u", account.name(), "-p", account.password(), "-P", site.port()));
        options.add(site.isActive() ? "-E" : "-F");
        options.addAll(List.of("-t", "20", "-r", "1"));
        options.addAll(List.of(arguments));
        return options;
    }
}
