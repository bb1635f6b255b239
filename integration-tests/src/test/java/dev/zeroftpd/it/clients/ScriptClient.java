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

/**
 * A library of another language, behind a script in {@code src/test/clients} that takes an operation and its arguments.
 * Immutable.
 *
 * @param interpreter what runs the script
 * @param script whose operation {@code version} prints the version of library and interpreter
 */
record ScriptClient(String name, Program interpreter, Path script, Map<Job, String> notOffered) implements Client {

    ScriptClient {
        notOffered = Map.copyOf(notOffered);
    }

    @Override
    public String version(Path folder) throws IOException {
        return interpreter.version(folder, script.toString(), "version");
    }

    @Override
    public void get(Site site, String remote, Path local) throws IOException {
        call(site, "get", remote, local);
    }

    @Override
    public void resumeGet(Site site, String remote, Path local) throws IOException {
        call(site, "resume-get", remote, local);
    }

    @Override
    public void put(Site site, Path local, String remote) throws IOException {
        call(site, "put", local, remote);
    }

    @Override
    public void resumePut(Site site, Path local, String remote) throws IOException {
        call(site, "resume-put", local, remote);
    }

    @Override
    public void append(Site site, Path local, String remote) throws IOException {
        call(site, "append", local, remote);
    }

    @Override
    public void getText(Site site, String remote, Path local) throws IOException {
        call(site, "get-text", remote, local);
    }

    @Override
    public void putText(Site site, Path local, String remote) throws IOException {
        call(site, "put-text", local, remote);
    }

    @Override
    public void abortGet(Site site, String remote, Path local) throws IOException {
        call(site, "abort-get", remote, local);
    }

    @Override
    public void mirrorDown(Site site, String remote, Path local) throws IOException {
        call(site, "mirror-down", remote, local);
    }

    @Override
    public void mirrorUp(Site site, Path local, String remote) throws IOException {
        call(site, "mirror-up", local, remote);
    }

    @Override
    public List<String> list(Site site, String remote) throws IOException {
        return call(site, "list", remote).lines().toList();
    }

    @Override
    public void rename(Site site, String from, String to) throws IOException {
        call(site, "rename", from, to);
    }

    @Override
    public void makeDirectory(Site site, String remote) throws IOException {
        call(site, "make-directory", remote);
    }

    @Override
    public void removeDirectory(Site site, String remote) throws IOException {
        call(site, "remove-directory", remote);
    }

    @Override
    public void delete(Site site, String remote) throws IOException {
        call(site, "delete", remote);
    }

    @Override
    public Instant modified(Site site, String remote, Path scratch) throws IOException {
        return FtpTime.parse(call(site, "modified", remote));
    }

    @Override
    public void setModified(Site site, Path local, String remote) throws IOException {
        call(site, "set-modified", FtpTime.of(Files.getLastModifiedTime(local).toInstant()), remote);
    }

    private String call(Site site, String operation, Object... arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of(script.toString(), operation));
        line.addAll(List.of(
                site.host(), site.port(), site.account().name(), site.account().password()));
        line.addAll(List.of(
                site.mode().name(),
                site.protection().name(),
                site.resuming() ? "RESUMING" : "AS_IT_IS",
                site.certificate().toString()));
        for (Object argument : arguments) {
            line.add(argument.toString());
        }
        return interpreter.run(site, "", line);
    }
}
