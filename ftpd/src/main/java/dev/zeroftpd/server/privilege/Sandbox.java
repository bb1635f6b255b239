package dev.zeroftpd.server.privilege;

import dev.zeroftpd.config.ProcessSettings;
import dev.zeroftpd.config.Settings;
import dev.zeroftpd.config.SymlinkPolicy;
import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.config.reader.Problem;
import dev.zeroftpd.ops.log.FileAppenders;
import dev.zeroftpd.os.CallFilter;
import dev.zeroftpd.os.Descriptor;
import dev.zeroftpd.os.Landlock;
import dev.zeroftpd.os.Landlock.Access;
import dev.zeroftpd.os.ProcessUser;
import dev.zeroftpd.users.Accounts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the fences of the kernel around this process that {@code process.sandbox} asks for: no program is started any more
 * but those of hooks, and files are opened where the server has some only. One thread: the one that all threads that serve are started by.
 */
final class Sandbox {

    private static final Logger LOG = LoggerFactory.getLogger(Sandbox.class);

    private static final String NONE = "this kernel has no Landlock (ABI 2 or newer)";

    private static final String LINKS =
            "storage.symlinks=follow lets links lead anywhere, so files are not fenced; name the trees that they lead"
                    + " to in process.sandbox-paths";

    private final Settings settings;
    private @Nullable Descriptor ownProcess;

    private Sandbox(Settings settings) {
        this.settings = settings;
    }

    /** @throws ConfigException if it is required and can't be had */
    static Sandbox of(Settings settings) throws ConfigException {
        if (settings.process().sandbox() == ProcessSettings.Sandbox.REQUIRED) {
            if (!Landlock.isSupported()) {
                throw required(NONE);
            }
            if (followsLinksAnywhere(settings)) {
                throw required(LINKS);
            }
        }
        return new Sandbox(settings);
    }

    /** What an operator has to know who relies on it; empty if it is as whole as asked for. */
    Optional<String> warning() {
        if (settings.process().sandbox() != ProcessSettings.Sandbox.AUTO) {
            return Optional.empty();
        }
        if (!Landlock.isSupported()) {
            return Optional.of(
                    "Files are not fenced, because " + NONE + "; process.sandbox=off says that this is known");
        }
        return followsLinksAnywhere(settings) ? Optional.of(LINKS) : Optional.empty();
    }

    /**
     * The same of the files that the server has, and what {@link #warning} says.
     *
     * @throws ConfigException if it is required and can't be had for them
     */
    List<String> warnings(Accounts accounts) throws ConfigException {
        Optional<String> without = warning();
        if (without.isPresent()) {
            return List.of(without.get());
        }
        return settings.process().sandbox() == ProcessSettings.Sandbox.OFF
                ? List.of()
                : warningsOf(new SandboxTrees(settings, accounts, FileAppenders.files()));
    }

    private List<String> warningsOf(SandboxTrees trees) throws ConfigException {
        if (settings.process().sandbox() == ProcessSettings.Sandbox.REQUIRED
                && !trees.tooWide().isEmpty()) {
            throw required(trees.tooWide().getFirst());
        }
        return Stream.concat(trees.tooWide().stream(), trees.warnings().stream())
                .toList();
    }

    private static boolean followsLinksAnywhere(Settings settings) {
        return settings.storage().symlinks() == SymlinkPolicy.FOLLOW
                && settings.process().sandboxPaths().isEmpty();
    }

    /** @throws ConfigException if it is required and can't be had */
    void putUp(Accounts accounts) throws ConfigException {
        if (settings.process().sandbox() == ProcessSettings.Sandbox.OFF) {
            return;
        }
        Optional<String> without = warning();
        if (without.isPresent()) {
            LOG.warn("{}", without.get());
        } else {
            SandboxTrees trees = new SandboxTrees(settings, accounts, FileAppenders.files());
            warningsOf(trees).forEach(line -> LOG.warn("{}", line));
            tryTo(() -> fenceFiles(trees));
        }
        if (CallFilter.isSupported()) {
            tryTo(() -> CallFilter.putUp(!HookFiles.programs(settings).isEmpty()));
        } else {
            LOG.debug("System calls are not filtered: their numbers on this system are unknown");
        }
    }

    /** One of the fences. */
    @FunctionalInterface
    private interface Fence {
        void putUp() throws IOException;
    }

    private void tryTo(Fence fence) throws ConfigException {
        try {
            fence.putUp();
        } catch (IOException e) {
            if (settings.process().sandbox() == ProcessSettings.Sandbox.REQUIRED) {
                throw required(String.valueOf(e.getMessage()));
            }
            LOG.warn("The sandbox is not whole: {}", e.getMessage());
        }
    }

    private void fenceFiles(SandboxTrees trees) throws IOException {
        if (trees.all().containsKey(settings.stateDirectory())) {
            StateDirectory.make(settings.stateDirectory()); // later it couldn't be, and a reload may switch bans on
        }
        try (Landlock fence = Landlock.create()) {
            for (Map.Entry<Path, Access> tree : trees.all().entrySet()) {
                boolean there = fence.allow(tree.getKey(), tree.getValue());
                LOG.debug("{} {}{}", tree.getValue(), tree.getKey(), there ? "" : " (isn't there)");
                if (!there && settings.process().sandboxPaths().contains(tree.getKey())) {
                    LOG.warn("process.sandbox-paths names {}, which isn't there: nothing in it will be", tree.getKey());
                }
            }
            allowPrograms(fence, trees.programs());
            allowOwnProcess(fence);
            fence.confine();
            LOG.debug("Files are fenced by Landlock, ABI {}", Landlock.version());
        }
    }

    /** Java lists a new process's own descriptors to close them; without that it closes each number that there may be. */
    private static void allowPrograms(Landlock fence, Set<Path> trees) throws IOException {
        for (Path tree : trees) {
            fence.allow(tree, Access.RUN);
        }
        if (!trees.isEmpty()) {
            fence.allow(Path.of("/proc"), Access.LIST);
        }
    }

    private void allowOwnProcess(Landlock fence) throws IOException {
        ownProcess = ProcessUser.openProcess().orElse(null);
        if (ownProcess != null) {
            fence.allow(ownProcess, Access.READ);
        }
    }

    private static ConfigException required(String why) {
        return new ConfigException(new Problem(
                "process.sandbox",
                "process.sandbox=required, but " + why,
                "use another kernel or settings, or process.sandbox=auto"));
    }
}
