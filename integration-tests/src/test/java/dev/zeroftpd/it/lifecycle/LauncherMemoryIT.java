package dev.zeroftpd.it.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.zeroftpd.it.support.Checkout;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The heap that the {@code ftpd} command chooses fits into the memory that the server may use. */
class LauncherMemoryIT {

    private static final Path GROUPS = Path.of("/sys/fs/cgroup");
    private static final long MIB = 1024 * 1024;

    /** How the kernel tells the limits of control groups. */
    enum Version {
        V1(GROUPS.resolve("memory"), "memory.limit_in_bytes") {
            @Override
            boolean names(String controllers) {
                return List.of(controllers.split(",", -1)).contains("memory");
            }
        },
        V2(GROUPS, "memory.max") {
            @Override
            boolean names(String controllers) {
                return controllers.isEmpty();
            }
        };

        private final Path root;
        private final String limit;

        Version(Path root, String limit) {
            this.root = root;
            this.limit = limit;
        }

        abstract boolean names(String controllers);

        /** The test's own group, below the root. */
        Optional<String> own() throws IOException {
            for (String line : Files.readAllLines(Path.of("/proc/self/cgroup"))) {
                String[] parts = line.split(":", 3);
                if (names(parts[1])) {
                    return Optional.of(parts[2].substring(1));
                }
            }
            return Optional.empty();
        }
    }

    @TempDir
    Path folder;

    @BeforeEach
    void writeConfiguration() throws IOException {
        ServerProcess.writeConfiguration(folder, ServerOptions.standard());
    }

    @Test
    void theHeapHasAtMostHalfAGibibyte() throws IOException {
        try (ServerProcess server = start(List.of())) {
            assertThat(heap(server)).isIn("-Xmx512m", "-Xmx" + quarterOfThisMachine() + "m");
        }
    }

    private static long quarterOfThisMachine() throws IOException {
        String total = Files.readAllLines(Path.of("/proc/meminfo")).getFirst();
        return Long.parseLong(total.replaceAll("\\D", "")) / 4096;
    }

    /** As MemoryMax= of a systemd unit, or of the slice that it is in, limits what runs in it. */
    @Test
    void aLimitOfAGroupThatTheServerIsInSomewhereCounts() throws IOException {
        Version version = Version.V1.own().isPresent() ? Version.V1 : Version.V2;
        Path slice =
                version.root.resolve("zeroftpd-test-" + ProcessHandle.current().pid());
        Path unit = slice.resolve("unit");
        try {
            assumeTrue(makeGroup(version, slice, unit), "no control groups can be made here");
            String enter = "echo $$ > " + unit.resolve("cgroup.procs") + " && exec \"$@\"";
            try (ServerProcess server = start(List.of("sh", "-c", enter, "sh"))) {
                assertThat(heap(server)).isEqualTo("-Xmx250m");
            }
        } finally {
            remove(unit);
            remove(slice);
        }
    }

    private static boolean makeGroup(Version version, Path slice, Path unit) {
        try {
            if (version == Version.V2) {
                Files.writeString(GROUPS.resolve("cgroup.subtree_control"), "+memory");
            }
            Files.createDirectory(slice);
            Files.writeString(slice.resolve(version.limit), Long.toString(1000 * MIB));
            Files.createDirectory(unit);
            return Files.isWritable(unit.resolve("cgroup.procs"));
        } catch (IOException notHere) {
            return false;
        }
    }

    /** The kernel takes a moment to see that the last process has left it. */
    private static void remove(Path group) {
        await().ignoreExceptionsInstanceOf(IOException.class).until(() -> {
            Files.deleteIfExists(group);
            return true;
        });
    }

    /** As a container sees them: its own groups only, whatever their names are outside. */
    @ParameterizedTest
    @EnumSource
    void aLimitOfTheContainerCounts(Version version) throws IOException {
        Optional<String> own = version.own();
        assumeTrue(own.isPresent(), "the kernel tells no such groups here");
        Path groups = Files.createDirectory(folder.resolve("groups"));
        Path root = Files.createDirectories(groups.resolve(GROUPS.relativize(version.root)));
        Files.createDirectories(root.resolve(own.get()));
        Files.writeString(
                root.resolve(own.get()).resolve(version.limit),
                version == Version.V1 ? "9223372036854771712\n" : "max\n");
        Files.writeString(root.resolve(version.limit), Long.toString(200 * MIB) + "\n");

        String enter = "mount --bind " + groups + " " + GROUPS + " && exec \"$@\"";
        try (ServerProcess server =
                start(List.of("unshare", "--user", "--map-root-user", "--mount", "sh", "-c", enter, "sh"))) {
            assertThat(heap(server)).isEqualTo("-Xmx64m");
        }
    }

    private ServerProcess start(List<String> wrapper) throws IOException {
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(List.of(
                Checkout.LAUNCHER.toString(),
                "serve",
                "--config",
                folder.resolve("ftpd.properties").toString()));
        return ServerProcess.startCommand(folder, command, 2);
    }

    private static String heap(ServerProcess server) throws IOException {
        String arguments = Files.readString(Path.of("/proc", Long.toString(server.processId()), "cmdline"));
        return List.of(arguments.split("\0", -1)).stream()
                .filter(argument -> argument.startsWith("-Xmx"))
                .findFirst()
                .orElse("");
    }
}
