package dev.zeroftpd.it.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.zeroftpd.it.support.Command;
import dev.zeroftpd.it.support.ServerUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A small file system that is the home of one server, in a mount name space of that server: nothing is left of it when the
 * server has ended. Immutable.
 */
enum Disk {
    /** Needs no privilege. */
    TMPFS("""
        mount -t tmpfs -o size=4m none "$0"\
        """),
    /** A file as a disk; a fault of the disk makes it read-only. */
    EXT4("""
        truncate -s 16M "$0.image"
        mkfs.ext4 -q -m 0 "$0.image"
        mount -o loop,errors=remount-ro "$0.image" "$0"\
        """),
    /** A quota that the kernel keeps for a tree. */
    BTRFS_QUOTA("""
        truncate -s 256M "$0.image"
        mkfs.btrfs -q "$0.image"
        mount -o loop "$0.image" "$0"
        btrfs -q subvolume create "$0/limited"
        btrfs -q quota enable "$0"
        btrfs -q qgroup limit 4M "$0/limited"\
        """),
    /** A quota of a project, as docs/accounts.md recommends them. */
    EXT4_PROJECT_QUOTA("""
        truncate -s 256M "$0.image"
        mkfs.ext4 -q -m 0 -O project,quota -E quotatype=prjquota "$0.image"
        mount -o loop,prjquota "$0.image" "$0"
        mkdir "$0/limited"
        chattr -p 7 +P "$0/limited"
        setquota -P 7 0 4096 0 0 "$0"\
        """);

    private final String mounting;

    Disk(String mounting) {
        this.mounting = mounting;
    }

    /** Whether it ends at a quota, and not at the end of its space. */
    boolean hasQuota() {
        return this == BTRFS_QUOTA || this == EXT4_PROJECT_QUOTA;
    }

    /** Where in the folder of its server the account's home is. */
    String home() {
        return hasQuota() ? "home/limited" : "home";
    }

    /** Loop devices are for the machine's own root. */
    private boolean needsRoot() {
        return this != TMPFS;
    }

    /**
     * What a server is started with to have this as the directory {@code home} in its folder.
     */
    List<String> wrapper(Path folder) {
        String script = "set -e\n{ " + mounting + "; } >&2\nexec \"$@\"";
        List<String> command = new ArrayList<>(List.of("unshare", "--mount"));
        if (!needsRoot()) {
            command.addAll(List.of("--user", "--map-root-user"));
        }
        command.addAll(List.of("sh", "-c", script, folder.resolve("home").toString()));
        return command;
    }

    /** Skips the test where this can't be had: the kernel lacks it, the machine has no tools for it, or they need root. */
    void assume(Path folder) throws IOException {
        Path trial = Files.createDirectories(folder.resolve("trial"));
        Files.createDirectories(trial.resolve("home"));
        List<String> command = new ArrayList<>(wrapper(trial));
        command.add("true");
        Command mounted = Command.run(folder, Map.of(), "", command);
        assumeTrue(mounted.exitCode() == 0, () -> this + " can't be mounted here: " + mounted.errors());
    }

    /** Runs a shell's script in the mount name space of the server; {@code $0} is where the disk is mounted. */
    void inNameSpaceOf(ServerUnderTest server, String script) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("nsenter", "--mount", "--target", Long.toString(server.processId())));
        if (!needsRoot()) {
            command.addAll(List.of("--user", "--preserve-credentials"));
        }
        command.addAll(List.of("sh", "-e", "-c", script, mountPoint(server).toString()));
        Command.run(server.folder(), Map.of(), "", command).expectExit(0);
    }

    private static Path mountPoint(ServerUnderTest server) {
        return server.folder().resolve("home");
    }

    /** The account's home as the server sees it. */
    Path seenBy(ServerUnderTest server) {
        return Path.of("/proc/" + server.processId() + "/root" + server.folder().resolve(home()));
    }
}
