package dev.zeroftpd.it.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Checkout;
import dev.zeroftpd.it.support.Command;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in the layout of a release: no sources, a runtime beside it, and a cache that fits that runtime. */
class InstallationIT {

    @TempDir
    private Path folder;

    private Path home;

    @BeforeEach
    void install() throws IOException {
        home = Files.createDirectories(folder.resolve("release"));
        Path bin = Files.createDirectories(home.resolve("bin"));
        Files.copy(Checkout.LAUNCHER, bin.resolve("ftpd"));
        Files.copy(Checkout.JAR, home.resolve("zeroftpd.jar"));
        Files.createSymbolicLink(home.resolve("lib"), Checkout.JAR.resolveSibling("lib"));
        Path java = Files.createDirectories(home.resolve("runtime/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nexec " + Checkout.JAVA + " \"$@\"\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
        becomeVersion("25.0.1");
        ServerProcess.writeConfiguration(folder, ServerOptions.standard());
    }

    /** As an upgrade does it: another Java at the same path. */
    private void becomeVersion(String version) throws IOException {
        Files.writeString(home.resolve("runtime/release"), "JAVA_VERSION=\"" + version + "\"\n");
    }

    private List<String> ftpd(String... words) {
        // not the JDK that the tests run on: that would win
        List<String> command = new ArrayList<>(
                List.of("env", "--unset=JAVA_HOME", home.resolve("bin/ftpd").toString()));
        command.addAll(List.of(words));
        return command;
    }

    private String madeFor() throws IOException {
        return Files.readString(home.resolve("cache/zeroftpd.aot.made-for"));
    }

    @Test
    void theCacheIsMadeForOneVersionOfTheRuntimeBesideIt() throws IOException {
        Command.run(folder, Map.of(), "", ftpd("--prepare")).expectExit(0);
        assertThat(madeFor()).contains(home.resolve("runtime") + " \"25.0.1\"");
        assertThat(home.resolve("cache/zeroftpd.aot")).isNotEmptyFile();

        becomeVersion("25.0.2");
        Command.run(folder, Map.of(), "", ftpd("--prepare")).expectExit(0);
        assertThat(madeFor()).contains("\"25.0.2\"");
    }

    @Test
    void pluginsAreOnTheClassPathAndTheCacheStaysInUse() throws IOException {
        Path plugins = Files.createDirectories(home.resolve("plugins"));
        new JarOutputStream(Files.newOutputStream(plugins.resolve("one.jar"))).close();
        try (ServerProcess server = ServerProcess.startCommand(
                folder,
                ftpd("serve", "--config", folder.resolve("ftpd.properties").toString()),
                2)) {
            Path process = Path.of("/proc", Long.toString(server.processId()));

            assertThat(Files.readString(process.resolve("cmdline")))
                    .contains(home.resolve("zeroftpd.jar") + ":" + plugins.resolve("one.jar"));
            assertThat(Files.readString(process.resolve("maps")))
                    .contains(home.resolve("cache/zeroftpd.aot").toString());
        }
    }
}
