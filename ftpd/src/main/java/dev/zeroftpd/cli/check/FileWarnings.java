package dev.zeroftpd.cli.check;

import dev.zeroftpd.config.Settings;
import dev.zeroftpd.config.TlsSettings;
import dev.zeroftpd.config.plugin.PluginJars;
import dev.zeroftpd.config.reader.LoadedSettings;
import dev.zeroftpd.os.ProcessUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Tells which of the server's own files others may write, replace, or read although they hold a secret. One thread.
 */
final class FileWarnings {

    private static final String PASSWORD_KEY = "tls.keystore-password";

    private static final int GROUP_MAY_WRITE = 020;
    private static final int ALL_MAY_WRITE = 002;
    private static final int ALL_MAY_READ = 004;

    /** Each file, and what one who writes it can do. */
    private final Map<Path, String> files = new LinkedHashMap<>();

    private final Set<Path> secrets = new LinkedHashSet<>();
    private final List<String> lines = new ArrayList<>();

    private FileWarnings(LoadedSettings loaded) {
        Settings settings = loaded.settings();
        settings.file().ifPresent(file -> files.put(file, "who can change every setting"));
        files.put(settings.users().file(), "who can log in as every account and to every directory");
        TlsSettings tls = settings.tls();
        tls.privateKey().ifPresent(this::addKey);
        tls.keystore().ifPresent(this::addKey);
        tls.named().forEach(each -> addKey(each.privateKey()));
        tls.certificate().ifPresent(file -> files.putIfAbsent(file, "who can keep TLS clients out"));
        tls.named().forEach(each -> files.putIfAbsent(each.certificate(), "who can keep TLS clients out"));
        tls.clientAuthorities().ifPresent(file -> files.putIfAbsent(file, "who can let any client certificate in"));
        settings.users()
                .check()
                .authorities()
                .ifPresent(file -> files.putIfAbsent(file, "who can answer in the place of users.check then"));
        settings.admin().metricsToken().ifPresent(file -> {
            files.put(file, "who can read the metrics then");
            secrets.add(file);
        });
        settings.hooks().secretFile().ifPresent(file -> {
            files.put(file, "who can sign requests in the server's name then");
            secrets.add(file);
        });
        settings.users().source().ifPresent(source -> {
            source.files().forEach(file -> files.putIfAbsent(file, "who can say where accounts are verified then"));
            secrets.addAll(source.secrets());
        });
        PluginJars.ofProcess().files().forEach(jar -> files.put(jar, "who can run any program in the server then"));
        // The password may stand in the environment instead.
        Optional.ofNullable(loaded.origins().get(PASSWORD_KEY))
                .flatMap(origin -> settings.file().filter(file -> origin.startsWith(file.toString())))
                .ifPresent(secrets::add);
    }

    private void addKey(Path file) {
        files.put(file, "who can give the server another key");
        secrets.add(file);
    }

    static List<String> of(LoadedSettings loaded) {
        if (!PathRisks.areKnown()) {
            return List.of();
        }
        FileWarnings found = new FileWarnings(loaded);
        found.files.forEach(found::addWritable);
        found.addReplaceable();
        found.secrets.forEach(found::addReadable);
        return found.lines;
    }

    private void addWritable(Path file, String power) {
        try {
            if (PathRisks.isForeign(file.toRealPath())) {
                lines.add(file + " belongs to " + Files.getOwner(file) + ", " + power);
            }
            int mode = PathRisks.mode(file);
            if ((mode & ALL_MAY_WRITE) != 0 || ((mode & GROUP_MAY_WRITE) != 0 && isOthersGroup(file))) {
                lines.add(file + " may be written to by others (mode " + PathRisks.octal(mode) + "), " + power
                        + ": chmod go-w " + file);
            }
        } catch (IOException unreadable) {
            // What can't be read is an error, which the start says.
        }
    }

    /** A user's own group has the user's name; the other one that is no stranger's is that of this process. */
    private static boolean isOthersGroup(Path file) throws IOException {
        PosixFileAttributes attributes = Files.readAttributes(file, PosixFileAttributes.class);
        return !attributes.group().getName().equals(attributes.owner().getName())
                && !ProcessUser.isGroup((Integer) Files.getAttribute(file, "unix:gid"));
    }

    private void addReplaceable() {
        Map<String, SortedSet<String>> risks = new TreeMap<>();
        for (Path file : files.keySet()) {
            for (Path way : new TreeSet<>(List.of(file.toAbsolutePath().normalize(), PathRisks.real(file)))) {
                PathRisks.above(way)
                        .forEach(why -> risks.computeIfAbsent(why, unseen -> new TreeSet<>())
                                .add(String.valueOf(file.getFileName())));
            }
        }
        risks.forEach((why, names) ->
                lines.add(why + ", who can put another file in the place of " + String.join(", ", names)));
    }

    private void addReadable(Path file) {
        try {
            int mode = PathRisks.mode(file);
            if ((mode & ALL_MAY_READ) != 0) {
                lines.add(file + " holds a secret and may be read by all (mode " + PathRisks.octal(mode)
                        + "): chmod o-r " + file);
            }
        } catch (IOException unreadable) {
            // As above.
        }
    }
}
