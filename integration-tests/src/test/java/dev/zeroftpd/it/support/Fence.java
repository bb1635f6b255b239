package dev.zeroftpd.it.support;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Path;

/** Whether this machine's kernel can fence a server ({@code process.sandbox}). Stateless. */
public final class Fence {

    private Fence() {}

    /** Skips the test if it can't; writes a configuration into the server's folder. */
    public static void require(Path folder) throws IOException {
        ServerProcess.writeConfiguration(folder, ServerOptions.standard());
        Command check = Command.run(
                folder,
                Checkout.JAVA.toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-jar",
                Checkout.JAR.toString(),
                "check",
                "--config",
                folder.resolve("ftpd.properties").toString(),
                "--set",
                "process.sandbox=required");
        assumeThat(check.errors()).as("this kernel has Landlock").doesNotContain("no Landlock");
        check.expectExit(0);
    }
}
