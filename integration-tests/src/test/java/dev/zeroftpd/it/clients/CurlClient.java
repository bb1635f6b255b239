package dev.zeroftpd.it.clients;

import dev.zeroftpd.it.support.Program;
import dev.zeroftpd.it.support.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** curl. Stateless. */
final class CurlClient implements Client {

    private static final Program CURL = new Program("curl", "the package curl");

    @Override
    public String name() {
        return "curl";
    }

    @Override
    public String version(Path folder) throws IOException {
        return CURL.version(folder, "--version");
    }

    @Override
    public Map<Job, String> notOffered() {
        String oneByOne = "moves the files that it is told, no trees";
        return Map.of(Job.MIRROR_DOWN, oneByOne, Job.MIRROR_UP, oneByOne);
    }

    @Override
    public void get(Site site, String remote, Path local) throws IOException {
        curl(site, "--output", local.toString(), url(site, remote));
    }

    @Override
    public void resumeGet(Site site, String remote, Path local) throws IOException {
        curl(site, "--continue-at", "-", "--output", local.toString(), url(site, remote));
    }

    @Override
    public void put(Site site, Path local, String remote) throws IOException {
        curl(site, "--upload-file", local.toString(), url(site, remote));
    }

    @Override
    public void resumePut(Site site, Path local, String remote) throws IOException {
        curl(site, "--continue-at", "-", "--upload-file", local.toString(), url(site, remote));
    }

    @Override
    public void append(Site site, Path local, String remote) throws IOException {
        curl(site, "--append", "--upload-file", local.toString(), url(site, remote));
    }

    @Override
    public void getText(Site site, String remote, Path local) throws IOException {
        curl(site, "--use-ascii", "--output", local.toString(), url(site, remote));
    }

    @Override
    public void putText(Site site, Path local, String remote) throws IOException {
        curl(site, "--use-ascii", "--crlf", "--upload-file", local.toString(), url(site, remote));
    }

    @Override
    public void abortGet(Site site, String remote, Path local) throws IOException {
        CURL.runUntilSomeArrived(site, local, "", options(site, "--output", local.toString(), url(site, remote)));
    }

    @Override
    public List<String> list(Site site, String remote) throws IOException {
        return curl(site, "--list-only", url(site, remote + "/")).lines().toList();
    }

    @Override
    public void rename(Site site, String from, String to) throws IOException {
        quote(site, "RNFR " + from, "RNTO " + to);
    }

    @Override
    public void makeDirectory(Site site, String remote) throws IOException {
        quote(site, "MKD " + remote);
    }

    @Override
    public void removeDirectory(Site site, String remote) throws IOException {
        quote(site, "RMD " + remote);
    }

    @Override
    public void delete(Site site, String remote) throws IOException {
        quote(site, "DELE " + remote);
    }

    @Override
    public Instant modified(Site site, String remote, Path scratch) throws IOException {
        curl(site, "--remote-time", "--output", scratch.toString(), url(site, remote));
        return Files.getLastModifiedTime(scratch).toInstant();
    }

    @Override
    public void setModified(Site site, Path local, String remote) throws IOException {
        quote(site, "MFMT " + FtpTime.of(Files.getLastModifiedTime(local).toInstant()) + " " + remote);
    }

    private static void quote(Site site, String... commands) throws IOException {
        List<String> arguments = new ArrayList<>();
        for (String command : commands) {
            arguments.addAll(List.of("--quote", command));
        }
        arguments.addAll(List.of("--head", url(site, "/")));
        curl(site, arguments.toArray(String[]::new));
    }

    private static String curl(Site site, String... arguments) throws IOException {
        return CURL.run(site, "", options(site, arguments));
    }

    private static List<String> options(Site site, String... arguments) {
        List<String> options = new ArrayList<>(List.of("--silent", "--show-error", "--globoff"));
        options.addAll(
                List.of("--user", site.account().name() + ":" + site.account().password()));
        if (site.isActive()) {
            options.addAll(List.of("--ftp-port", "-"));
        }
        switch (site.protection()) {
            case CLEAR -> {}
            case TLS_1_2 -> options.addAll(List.of("--ssl-reqd", "--tls-max", "1.2"));
            case TLS_1_3 -> options.addAll(List.of("--ssl-reqd", "--tlsv1.3"));
        }
        options.addAll(List.of("--cacert", site.certificate().toString()));
        options.addAll(List.of(arguments));
        return options;
    }

    private static String url(Site site, String remote) {
        return Program.url("ftp", site, remote);
    }
}
