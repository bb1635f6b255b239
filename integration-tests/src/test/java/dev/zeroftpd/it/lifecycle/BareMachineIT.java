package dev.zeroftpd.it.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Checkout;
import dev.zeroftpd.it.support.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./verify} does where the programs that the tests need are not installed: on a machine with stubs of all it calls. */
class BareMachineIT {

    private static final List<String> NEEDED = List.of("bash", "env", "dirname", "grep", "true", "sh", "cat");

    @TempDir
    private Path folder;

    private Path programs;

    @BeforeEach
    void layOut() throws IOException {
        Path checkout = Files.createDirectories(folder.resolve("checkout"));
        Files.copy(Checkout.ROOT.resolve("verify"), checkout.resolve("verify"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.createDirectories(checkout.resolve(".ci"));
        Files.writeString(checkout.resolve(".ci/apt-packages"), """
            # what for
            traces-calls no-such-program
            has-no-program
            shell sh
            """);
        Files.createDirectories(checkout.resolve(".mvn"));
        program(checkout.resolve(".mvn/checked-maven"), "echo \"maven $*\"");
        programs = Files.createDirectories(folder.resolve("bin"));
        for (String name : NEEDED) {
            Files.createSymbolicLink(programs.resolve(name), Path.of("/usr/bin", name));
        }
        installed("not-installed");
    }

    private static void program(Path file, String line) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + line + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void installed(String state) throws IOException {
        program(programs.resolve("dpkg-query"), "echo " + state);
    }

    private Command verify() throws IOException {
        return Command.run(
                folder,
                Map.of("PATH", programs.toString()),
                "",
                List.of(folder.resolve("checkout/verify").toString(), "-q"));
    }

    @Test
    void saysTheOneLineToRunWhereItCanInstallNothing() throws IOException {
        Command refused = verify().expectExit(1);

        assertThat(refused.errors())
                .contains("As root, run: apt-get update && apt-get install --yes --quiet --no-install-recommends"
                        + " traces-calls has-no-program\n");
        assertThat(refused.output()).isEmpty();
    }

    @Test
    void installsWhatIsMissingAndRunsTheGate() throws IOException {
        program(programs.resolve("apt-get"), "echo \"apt-get $*\"");
        program(programs.resolve("sudo"), "exec \"$@\"");

        assertThat(verify().expectExit(0).output()).isEqualTo("""
            apt-get update --quiet
            apt-get install --yes --quiet --no-install-recommends traces-calls has-no-program
            maven verify -q
            """);
    }

    @Test
    void installsNothingWhereAllIsThere() throws IOException {
        installed("installed");

        assertThat(verify().expectExit(0).output()).isEqualTo("maven verify -q\n");
    }
}
