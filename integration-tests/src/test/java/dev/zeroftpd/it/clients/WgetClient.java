package dev.zeroftpd.it.clients;

import dev.zeroftpd.it.support.Program;
import dev.zeroftpd.it.support.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** GNU Wget. Stateless. */
final class WgetClient implements Client {

    private static final Program WGET = new Program("wget", "the package wget");

    @Override
    public String name() {
        return "wget";
    }

    @Override
    public String version(Path folder) throws IOException {
        return WGET.version(folder, "--version");
    }

    @Override
    public Map<Job, String> notOffered() {
        Map<Job, String> reasons = new EnumMap<>(Job.class);
        for (Job job : List.of(
                Job.UPLOAD,
                Job.RESUME_UPLOAD,
                Job.RESUME_UPLOAD_BEYOND_4_GIB,
                Job.APPEND,
                Job.MIRROR_UP,
                Job.RENAME,
                Job.MAKE_DIRECTORY,
                Job.REMOVE_DIRECTORY,
                Job.DELETE,
                Job.SET_TIME)) {
            reasons.put(job, "only downloads");
        }
        reasons.put(Job.LIST, "makes an HTML page of a listing");
        return reasons;
    }

    @Override
    public void get(Site site, String remote, Path local) throws IOException {
        wget(site, "--output-document", local.toString(), url(site, remote));
    }

    @Override
    public void resumeGet(Site site, String remote, Path local) throws IOException {
        wget(site, "--continue", "--output-document", local.toString(), url(site, remote));
    }

    @Override
    public void getText(Site site, String remote, Path local) throws IOException {
        wget(site, "--output-document", local.toString(), url(site, remote) + ";type=a");
    }

    /** Stores what came. */
    @Override
    public String lineEnd() {
        return "\r\n";
    }

    @Override
    public void abortGet(Site site, String remote, Path local) throws IOException {
        List<String> options = options(site, "--output-document", local.toString(), url(site, remote));
        WGET.runUntilSomeArrived(site, local, "", options);
    }

    @Override
    public void mirrorDown(Site site, String remote, Path local) throws IOException {
        int above = remote.split("/").length - 1;
        wget(
                site,
                "--recursive",
                "--level=inf",
                "--no-parent",
                "--no-host-directories",
                "--cut-dirs=" + above,
                "--restrict-file-names=nocontrol",
                "--directory-prefix=" + local,
                url(site, remote + "/"));
    }

    /** From LIST, which the recursive mode asks for. */
    @Override
    public Instant modified(Site site, String remote, Path scratch) throws IOException {
        wget(site, "--timestamping", url(site, remote));
        Path got = site.folder().resolve(remote.substring(remote.lastIndexOf('/') + 1));
        return Files.getLastModifiedTime(got).toInstant();
    }

    @Override
    public ChronoUnit timePrecision() {
        return ChronoUnit.MINUTES;
    }

    private static void wget(Site site, String... arguments) throws IOException {
        WGET.run(site, "", options(site, arguments));
    }

    private static List<String> options(Site site, String... arguments) {
        List<String> options = new ArrayList<>(List.of("--no-verbose", "--tries=1", "--timeout=20", "--no-glob"));
        options.addAll(List.of(
                "--user=" + site.account().name(),
                "--password=" + site.account().password()));
        if (site.isActive()) {
            options.add("--no-passive-ftp");
        }
        switch (site.protection()) {
            case CLEAR -> {}
            case TLS_1_2 -> options.add("--ciphers=NORMAL:-VERS-ALL:+VERS-TLS1.2");
            case TLS_1_3 -> options.add("--ciphers=NORMAL:-VERS-ALL:+VERS-TLS1.3");
        }
        options.add("--ca-certificate=" + site.certificate());
        options.addAll(List.of(arguments));
        return options;
    }

    private static String url(Site site, String remote) {
        return Program.url(site.isProtected() ? "ftps" : "ftp", site, remote);
    }
}
