package dev.zeroftpd.it.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.Checkout;
import dev.zeroftpd.it.support.Command;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a fresh clone, with a {@code mvn} that brings the server that is built already. */
class CheckoutLauncherIT {

    @TempDir
    private Path folder;

    private Path launcher;

    @BeforeEach
    void cloneSources() throws IOException {
        launcher = folder.resolve("clone/ftpd/bin/ftpd");
        Files.createDirectories(launcher.getParent());
        Files.createDirectories(folder.resolve("clone/ftpd/src/main"));
        Files.createDirectories(folder.resolve("clone/config"));
        Files.copy(Checkout.LAUNCHER, launcher);
        Files.createFile(folder.resolve("clone/pom.xml"));
        Files.createFile(folder.resolve("clone/ftpd/pom.xml"));
        Files.createFile(folder.resolve("clone/config/logback.xml"));
        Path mvn = Files.createDirectories(folder.resolve("bin")).resolve("mvn");
        Files.writeString(mvn, """
            #!/bin/sh
            cat >/dev/null # reads what there is, as the real one may
            mkdir -p '%1$s/clone/ftpd/target'
            cp '%2$s' '%1$s/clone/ftpd/target/zeroftpd.jar'
            ln -s '%3$s' '%1$s/clone/ftpd/target/lib'
            """.formatted(folder, Checkout.JAR, Checkout.JAR.resolveSibling("lib")));
        Files.setPosixFilePermissions(mvn, PosixFilePermissions.fromString("rwx------"));
        ServerProcess.writeConfiguration(folder, ServerOptions.standard());
    }

    /** What is piped to the command is the command's, not the build's. */
    @Test
    void thatItIsBuiltFirstTakesNothingFromTheCommand() throws IOException {
        Command passwd = Command.run(
                folder,
                Map.of("PATH", folder.resolve("bin") + ":" + System.getenv("PATH")),
                "another password\n",
                List.of(
                        launcher.toString(),
                        "user",
                        "passwd",
                        Account.ALICE.name(),
                        "--password-stdin",
                        "--config",
                        folder.resolve("ftpd.properties").toString()));

        passwd.expectExit(0);
        assertThat(passwd.errors()).contains("building the server from its sources");
        assertThat(Files.readString(folder.resolve("users.properties"))).contains("userpassword=$");
    }
}
