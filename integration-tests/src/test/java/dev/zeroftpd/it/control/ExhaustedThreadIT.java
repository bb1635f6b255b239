package dev.zeroftpd.it.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An OutOfMemoryError on one of the threads that serve all sessions. */
@Tag("attack")
class ExhaustedThreadIT {

    private static final String ACCEPTING = "Acceptor";

    private static final String READING = "DirectWriteProcessor";

    @TempDir
    private Path folder;

    @Test
    void theServerEndsWithAMessageWhenItCanAcceptNoMore() throws Exception {
        try (DebuggedServer debugged = DebuggedServer.start(folder)) {
            debugged.exhaust(ACCEPTING);
            try (ControlClient _ =
                    ControlClient.connectUngreeted(debugged.server().address())) {
                assertThat(debugged.server().awaitExit()).isEqualTo(1);
            }
            assertThat(debugged.server().logText())
                    .contains(
                            "error: the server can't accept connections any more and ends: there is not enough memory");
        }
    }

    @Test
    void theServerGoesOnAfterAnErrorWhereItReads() throws Exception {
        try (DebuggedServer debugged = DebuggedServer.start(folder);
                ControlClient alice = ControlClient.login(debugged.server().address(), Account.ALICE)) {
            debugged.exhaust(READING);

            alice.expect(200, "NOOP");
            debugged.server().awaitLogLine(line -> line.contains("An I/O thread goes on after an error"));
            for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
                ControlClient.login(debugged.server().address(), Account.ALICE).close();
            }
        }
    }

    /** A class whose initialisation fails for want of memory can't be used ever again. */
    @Test
    void whatAnErrorNeedsIsInitialisedBefore() throws Exception {
        try (DebuggedServer debugged = DebuggedServer.start(folder);
                ControlClient _ = ControlClient.connect(debugged.server().address())) {
            Callable<Set<String>> initialised = debugged.initialisedBy(READING);

            debugged.exhaust(READING);
            debugged.server().awaitLogLine(line -> line.contains("An I/O thread goes on after an error"));

            assertThat(initialised.call()).isEmpty();
        }
    }
}
