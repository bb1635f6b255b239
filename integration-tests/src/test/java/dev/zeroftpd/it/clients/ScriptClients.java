package dev.zeroftpd.it.clients;

import dev.zeroftpd.it.support.Checkout;
import dev.zeroftpd.it.support.Command;
import dev.zeroftpd.it.support.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/** The clients that are libraries of other languages. Stateless. */
final class ScriptClients {

    private static final Path SCRIPTS = Checkout.ROOT.resolve("integration-tests/src/test/clients");

    /** Where Node.js finds what npm installed: beside the script. */
    private static final Path NODE = Checkout.ROOT.resolve("integration-tests/target/clients");

    private static final String PYTHON_SCRIPT = "ftplib_client.py";
    private static final String NODE_SCRIPT = "basic-ftp-client.js";
    private static final String LOCK = "package-lock.json";

    private ScriptClients() {}

    /** ftplib, of Python's standard library. */
    static Client ftplib() {
        Program python = new Program("python3", "the package python3");
        return new ScriptClient("ftplib", python, SCRIPTS.resolve(PYTHON_SCRIPT), Map.of());
    }

    /** basic-ftp, for Node.js. */
    static Client basicFtp() {
        Program node = new Program("node", "the package nodejs");
        Map<Job, String> notOffered = Map.of(
                Job.ASCII, "always asks for TYPE I",
                Job.IPV4_ACTIVE, "passive only",
                Job.IPV6_ACTIVE, "passive only");
        return new ScriptClient("basic-ftp", node, NODE.resolve(NODE_SCRIPT), notOffered);
    }

    /** Lets npm fetch the version of basic-ftp that the lock names, unless it is there, as Maven does with commons-net. */
    static void installBasicFtp() throws IOException {
        Files.createDirectories(NODE);
        boolean installed = Files.exists(NODE.resolve("node_modules/basic-ftp"))
                && Files.mismatch(SCRIPTS.resolve(LOCK), NODE.resolve(LOCK)) == -1;
        for (String file : List.of(NODE_SCRIPT, LOCK, "package.json")) {
            Files.copy(SCRIPTS.resolve(file), NODE.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!installed) {
            Program npm = new Program("npm", "the package npm");
            npm.version(NODE, "--version");
            Command.run(NODE, "npm", "ci", "--no-audit", "--no-fund").expectExit(0);
        }
    }
}
