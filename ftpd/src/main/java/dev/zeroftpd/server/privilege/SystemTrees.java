package dev.zeroftpd.server.privilege;

import dev.zeroftpd.os.Landlock.Access;
import dev.zeroftpd.os.ProcessUser;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What Java and the C library read of the machine while a server runs: all of it is public. Stateless. */
final class SystemTrees {

    /** Names of users and hosts, time zones. */
    private static final List<String> SETTINGS = List.of(
            "passwd",
            "group",
            "nsswitch.conf",
            "hosts",
            "host.conf",
            "resolv.conf",
            "gai.conf",
            "services",
            "protocols",
            "ld.so.cache",
            "localtime",
            "timezone",
            "mtab");

    /** Where services that know names put them, libraries that ask those, what limits the process. */
    private static final List<String> TREES = List.of(
            "/lib",
            "/lib64",
            "/usr/lib",
            "/usr/lib64",
            "/usr/local/lib",
            "/usr/share/zoneinfo",
            "/run/systemd/resolve",
            "/run/systemd/userdb",
            "/run/nscd",
            "/run/resolvconf",
            "/var/lib/sss",
            "/proc/cpuinfo",
            "/proc/meminfo",
            "/proc/stat",
            "/proc/loadavg",
            "/proc/sys/net",
            "/sys/fs/cgroup",
            "/sys/devices/system/cpu");

    private static final List<String> DEVICES = List.of("/dev/null", "/dev/zero", "/dev/random", "/dev/urandom");

    /** How deep Java's folder has files that packages keep elsewhere. */
    private static final int DEPTH = 4;

    private SystemTrees() {}

    static Map<Path, Access> ofThisProcess() {
        Map<Path, Access> trees = new LinkedHashMap<>();
        TREES.forEach(tree -> trees.put(Path.of(tree), Access.READ));
        DEVICES.forEach(device -> trees.put(Path.of(device), Access.CHANGE));
        Path etc = Path.of("/etc");
        addSettings(etc, trees);
        if (!ProcessUser.isRoot()) {
            // nothing in it that is secret from this user, and what is replaced in it goes on being read
            trees.put(etc, Access.READ);
        }
        addJava(trees);
        // Java deletes its file there when it ends
        trees.put(
                Path.of(System.getProperty("java.io.tmpdir"), "hsperfdata_" + System.getProperty("user.name")),
                Access.REMOVE);
        return trees;
    }

    /** What programs are made of: shells and interpreters, their libraries, and what Java starts them by. */
    static List<Path> ofPrograms() {
        return List.of(
                Path.of("/usr"),
                Path.of("/bin"),
                Path.of("/sbin"),
                Path.of("/lib"),
                Path.of("/lib64"),
                Path.of(System.getProperty("java.home"), "lib", "jspawnhelper"));
    }

    /** Whom clients of HTTPS trust, where that is not as Java brings it. */
    static List<Path> ofTrust() {
        String store = System.getProperty("javax.net.ssl.trustStore", "");
        return store.isEmpty() ? List.of() : List.of(Path.of(store).toAbsolutePath());
    }

    /** Some are links to where a program writes them; the name servers' file comes anew with each change of network. */
    static void addSettings(Path etc, Map<Path, Access> trees) {
        for (String name : SETTINGS) {
            Path file = etc.resolve(name);
            trees.put(file, Access.READ);
            try {
                Path real = file.toRealPath();
                trees.putIfAbsent(real, Access.READ);
                Path folder = real.getParent();
                if (name.equals("resolv.conf")
                        && !real.startsWith(etc)
                        && folder != null
                        && folder.getNameCount() > 1) {
                    trees.putIfAbsent(folder, Access.READ);
                }
            } catch (IOException missing) {
                // it may come, but this process won't need it
            }
        }
    }

    private static void addJava(Map<Path, Access> trees) {
        Path java = Path.of(System.getProperty("java.home"));
        trees.put(java, Access.READ);
        for (String folder : List.of("conf", "lib/security")) {
            try (Stream<Path> files = Files.walk(java.resolve(folder), DEPTH)) {
                for (Path link : files.filter(Files::isSymbolicLink).toList()) {
                    trees.put(link.toRealPath(), Access.READ);
                }
            } catch (IOException unreadable) {
                // then Java couldn't read it either
            }
        }
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(entry).toAbsolutePath();
            // a jar names others beside it
            trees.put(Files.isRegularFile(path) && path.getParent() != null ? path.getParent() : path, Access.READ);
        }
    }
}
