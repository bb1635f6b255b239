package dev.zeroftpd.it.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.zeroftpd.it.support.Checkout;
import dev.zeroftpd.it.support.Command;
import dev.zeroftpd.it.support.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manifests of config/examples/kubernetes by Kubernetes' own schemas, which the package kubernetes-models of npm has. */
class KubernetesSchemasIT {

    private static final Path SCRIPTS = Checkout.ROOT.resolve("integration-tests/src/test/kubernetes");

    /** Where Node.js finds what npm installed: beside the script. */
    private static final Path NODE = Checkout.ROOT.resolve("integration-tests/target/kubernetes");

    @TempDir
    private Path folder;

    /** Lets npm fetch what the lock names, unless it is there. */
    @BeforeAll
    static void install() throws IOException {
        Program.installScripts(SCRIPTS, NODE);
    }

    private Command check(List<Object> resources) throws IOException {
        Path file = Files.writeString(folder.resolve("resources.json"), JSON.std.asString(resources));
        return Command.run(NODE, "node", "check.mjs", file.toString());
    }

    @Test
    void eachManifestIsWhatItsKindMayBe() throws IOException {
        List<Object> resources = Kubernetes.read(folder).resources();

        assertThat(resources).hasSizeGreaterThanOrEqualTo(8);
        assertThat(check(resources).expectExit(0).output()).isEmpty();
    }

    /** Otherwise the check could be one that finds nothing. */
    @Test
    void unknownFieldsAndWrongValuesAreFound() throws IOException {
        for (String wrong : List.of(
                "{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"spec\":{\"externalTraficPolicy\":\"Local\"}}",
                "{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"spec\":{\"externalTrafficPolicy\":7}}",
                "{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"spec\":{\"ports\":[{\"name\":\"ftp\"}]}}",
                "{\"apiVersion\":\"apps/v1\",\"kind\":\"Service\"}")) {
            assertThat(check(List.of(JSON.std.mapFrom(wrong))).expectExit(1).output())
                    .isNotEmpty();
        }
    }
}
