package dev.zeroftpd.it.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.Command;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.Reply;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Homes that become read-only, go away or can't be read, between two commands and in the middle of transfers. */
@SuppressWarnings("NullAway.Init") // each test begins with starting its server
class LostHomeIT {

    private static final int OLD = 100_000;

    /** More than the kernel buffers for one connection. */
    private static final int LARGE = 6 << 20;

    @TempDir
    private Path folder;

    private ServerProcess server;
    private ControlClient client;
    private long descriptors;

    private void start(Disk disk) throws IOException {
        disk.assume(folder);
        server = ServerProcess.start(folder, ServerOptions.standard().wrappedBy(disk.wrapper(folder)));
        ready();
    }

    private void startOnPlainDirectory() throws IOException {
        server = ServerProcess.start(folder, ServerOptions.standard());
        ready();
    }

    private void ready() throws IOException {
        client = ControlClient.login(server.address(), Account.ALICE);
        assertThat(store("old", OLD).code()).isEqualTo(226);
        descriptors = server.descriptors();
    }

    /** Whatever happened: it serves, holds nothing, found no fault of its own, and ends well. */
    @AfterEach
    void theServerIsAsItWas() throws IOException {
        if (server == null) {
            return;
        }
        try (ServerProcess running = server) {
            client.expect(200, "NOOP");
            client.close();
            await().until(() -> running.descriptors() <= descriptors);
            assertThat(running.logText()).doesNotContain(" ERROR ");
            assertThat(running.stop()).isZero();
        }
    }

    private Reply store(String name, int size) throws IOException {
        return DataClient.sent(client, "STOR " + name, PatternFile.bytes(0, size));
    }

    private void assertOldIsWhole(ControlClient by) throws IOException {
        assertThat(DataClient.received(by, "RETR old")).isEqualTo(PatternFile.bytes(0, OLD));
    }

    @Test
    void aHomeThatBecomesReadOnlyIsReadAndTakesNothing() throws IOException {
        start(Disk.TMPFS);
        Disk.TMPFS.inNameSpaceOf(server, "mount -o remount,ro \"$0\"");

        client.extendedPassive();
        assertThat(client.expect(553, "STOR old").text()).contains("read-only");
        client.extendedPassive();
        client.expect(553, "APPE old");
        client.extendedPassive();
        client.expect(553, "STOU");
        assertThat(client.expect(550, "DELE old").text()).contains("read-only");
        client.expect(550, "MKD new");
        client.expect(350, "RNFR old");
        client.expect(553, "RNTO new");
        client.expect(550, "MFMT 20200101000000 old");
        client.expect(550, "SITE CHMOD 600 old");
        assertOldIsWhole(client);

        Disk.TMPFS.inNameSpaceOf(server, "mount -o remount,rw \"$0\"");
        assertThat(store("new", OLD).code()).isEqualTo(226);
    }

    /** What ext4 does when its disk fails. */
    @Test
    void aDiskThatFailsInAnUploadEndsItAndKeepsTheOldFile() throws IOException {
        start(Disk.EXT4);
        try (DataClient data = DataClient.connect(client.extendedPassive())) {
            client.expect(150, "STOR old");
            sendSome(data);
            Disk.EXT4.inNameSpaceOf(server, "mount -o remount,abort \"$0\" || true");
            sendUntilRefused(data);
        }
        assertThat(client.reply().code()).isIn(451, 553);
        assertThat(Disk.EXT4.seenBy(server).resolve("old")).hasBinaryContent(PatternFile.bytes(0, OLD));
        client.extendedPassive();
        assertThat(client.command("STOR new").code()).isIn(451, 553);
    }

    @Test
    void aFileThatCanNotBeReadAnyMoreEndsItsDownloadAsBroken() throws IOException {
        start(Disk.EXT4);
        assertThat(store("large", LARGE).code()).isEqualTo(226);
        Disk.EXT4.inNameSpaceOf(server, """
            sync -f "$0/large"
            truncate -s 2M "$0.image"
            dd if="$0/large" iflag=nocache count=0 status=none\
            """);
        DataClient data = DataClient.connect(client.extendedPassive());
        try (data) {
            client.expect(150, "RETR large");
            assertThat(data.endsAsComplete()).as("ended with FIN").isFalse();
        }
        assertThat(client.expectReply(451).text()).contains("Input/output error");
    }

    @Test
    void aHomeThatIsRemovedInAnUploadEndsItAndIsServedWhenItIsBack() throws IOException {
        startOnPlainDirectory();
        try (DataClient data = DataClient.connect(client.extendedPassive())) {
            client.expect(150, "STOR new");
            sendSome(data);
            inFolder("mv home gone");
            data.end();
            assertThat(client.reply().code()).isIn(451, 550, 553);
        }
        client.expect(550, "SIZE old");
        client.extendedPassive();
        assertThat(client.command("NLST").code()).isIn(450, 550);
        try (ControlClient another = ControlClient.connect(server.address())) {
            another.expect(331, "USER alice");
            assertThat(another.command("PASS wonderland").code()).isEqualTo(530);
        }

        inFolder("mv gone home");
        assertOldIsWhole(client);
        client.expect(550, "MDTM absent");
        try (ControlClient another = ControlClient.login(server.address(), Account.ALICE)) {
            assertOldIsWhole(another);
            assertThat(folder.resolve("home/new")).doesNotExist();
        }
    }

    @Test
    void aHomeThatIsDeletedInAnUploadTakesTheUploadWithIt() throws IOException {
        startOnPlainDirectory();
        try (DataClient data = DataClient.connect(client.extendedPassive())) {
            client.expect(150, "STOR new");
            sendSome(data);
            inFolder("rm -r home && mkdir home");
            data.end();
            assertThat(client.reply().code()).isIn(451, 550, 553);
        }
        assertThat(folder.resolve("home")).isEmptyDirectory();
        assertThat(client.expect(550, "SIZE old").text()).contains("log in again");
        try (ControlClient another = ControlClient.login(server.address(), Account.ALICE)) {
            assertThat(DataClient.sent(another, "STOR new", new byte[10]).code())
                    .isEqualTo(226);
        }
        assertThat(folder.resolve("home/new")).hasSize(10);
    }

    @Test
    void aHomeThatIsUnmountedInTransfersEndsTheUploadAndFinishesTheDownload() throws IOException {
        start(Disk.EXT4);
        assertThat(store("large", LARGE).code()).isEqualTo(226);
        try (ControlClient reader = ControlClient.login(server.address(), Account.ALICE);
                DataClient download = DataClient.connect(reader.extendedPassive());
                DataClient upload = DataClient.connect(client.extendedPassive())) {
            reader.expect(150, "RETR large");
            client.expect(150, "STOR old");
            sendSome(upload);
            Disk.EXT4.inNameSpaceOf(server, "umount --lazy \"$0\"");
            upload.end();
            assertThat(client.reply().code()).isIn(451, 550, 553);
            PatternFile.assertRest(download.input(), 0, LARGE);
            reader.expectReply(226);
            assertThat(reader.expect(550, "SIZE large").text()).contains("log in again");
        }
        await().until(() -> server.descriptors() <= descriptors);
        Disk.EXT4.inNameSpaceOf(server, "mount -o loop \"$0.image\" \"$0\"");
        try (ControlClient again = ControlClient.login(server.address(), Account.ALICE)) {
            assertOldIsWhole(again);
        }
    }

    private static void sendSome(DataClient data) throws IOException {
        data.output().write(PatternFile.bytes(0, OLD));
    }

    private static void sendUntilRefused(DataClient data) throws IOException {
        try {
            data.output().write(new byte[LARGE]);
        } catch (SocketException resetByServer) {
            // it can't keep what comes
        }
    }

    private void inFolder(String script) throws IOException {
        Command.run(folder, "sh", "-e", "-c", script).expectExit(0);
    }
}
