package dev.zeroftpd.it.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.CommonsNet;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.EmbeddedServer;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.Way;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.ftpserver.command.CommandFactoryFactory;
import org.apache.ftpserver.filesystem.nativefs.NativeFileSystemFactory;
import org.apache.ftpserver.ftplet.DefaultFtpReply;
import org.apache.ftpserver.ftplet.DefaultFtplet;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.ftplet.FtpSession;
import org.apache.ftpserver.ftplet.FtpletResult;
import org.apache.ftpserver.listener.nio.NioListener;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our data path in an application that embeds Apache FtpServer: what was added to it goes on, files go by zero-copy. */
class EmbeddingIT {

    private static final long SIZE = 5L << 20;

    @TempDir
    Path home;

    @BeforeEach
    void writeFile() throws IOException {
        PatternFile.write(home.resolve("file"), SIZE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RETR", "STOR", "APPE", "STOU", "LIST", "NLST", "MLSD", "MLST", "STAT", "REST", "ALLO", "ABOR", "SIZE",
                "TYPE", "MODE", "STRU", "PASV", "EPSV", "PORT", "EPRT", "AUTH", "PBSZ", "PROT"
            })
    void noStockCommandTransfersOrPreparesATransfer(String verb, @TempDir Path home) throws FtpException {
        try (EmbeddedServer server = EmbeddedServer.start(Account.ALICE, home.toString(), factory -> {})) {
            assertThat(server.command(verb).getClass().getPackageName()).startsWith("dev.zeroftpd.");
        }
    }

    @Test
    void sendsFilesOfTheEmbeddersUsersByZeroCopyAndCountsThem() throws Exception {
        try (EmbeddedServer server = EmbeddedServer.start(Account.ALICE, home.toString(), factory -> {})) {
            assertThat(download(server)).contains("zero-copy");

            assertThat(server.statistics().getTotalDownloadNumber()).isEqualTo(1);
            assertThat(server.statistics().getTotalDownloadSize()).isEqualTo(SIZE);
            assertThat(server.statistics().getTotalLoginNumber()).isEqualTo(1);
            assertThat(server.listener()).isInstanceOf(NioListener.class);
        }
    }

    @Test
    void listsLinksAndRefusesToRenameOverFilesAsBefore() throws Exception {
        Files.createSymbolicLink(Files.createDirectory(home.resolve("d")).resolve("up"), Path.of(".."));
        Files.writeString(home.resolve("another"), "x");
        try (EmbeddedServer server = EmbeddedServer.start(Account.ALICE, home.toString(), factory -> {});
                ControlClient control = ControlClient.login(server.address(), Account.ALICE)) {
            assertThat(control.expect(212, "STAT d").text())
                    .containsPattern("drwx[^\n]* up")
                    .doesNotContain("->");
            assertThat(control.expect(250, "MLST d/up").text()).contains("type=dir;");
            control.expect(350, "RNFR file");
            control.expect(553, "RNTO another");
            control.expect(350, "RNFR file");
            control.expect(553, "RNTO file");
            control.expect(250, "RMD d/up");
        }
        assertThat(home.resolve("another")).hasContent("x");
    }

    @Test
    void tellsFtpletsAboutATransferInOrder() throws Exception {
        Diary diary = new Diary();
        try (EmbeddedServer server =
                EmbeddedServer.start(Account.ALICE, home.toString(), EmbeddedServer.ftplet(diary))) {
            download(server);

            await().untilAsserted(() -> assertThat(diary.entries)
                    .containsExactly("connect", "login", "start file", "end file: 226", "disconnect"));
        }
    }

    @Test
    void commandsOfTheEmbedderStayEvenUnderAStockName() throws Exception {
        CommandFactoryFactory commands = new CommandFactoryFactory();
        commands.addCommand("HELLO", (session, context, request) -> session.write(new DefaultFtpReply(200, "World")));
        commands.addCommand("RETR", (session, context, request) -> session.write(new DefaultFtpReply(599, "Mine")));
        try (EmbeddedServer server = EmbeddedServer.start(
                        Account.ALICE,
                        home.toString(),
                        factory -> factory.setCommandFactory(commands.createCommandFactory()));
                ControlClient control = ControlClient.login(server.address(), Account.ALICE)) {
            control.expect(200, "HELLO");
            control.expect(599, "RETR file");
        }
    }

    @Test
    void filesOfTheEmbeddersOwnFileSystemStream() throws Exception {
        NativeFileSystemFactory own = new NativeFileSystemFactory() {};
        try (EmbeddedServer server =
                EmbeddedServer.start(Account.ALICE, home.toString(), EmbeddedServer.fileSystem(own))) {
            assertThat(download(server)).contains("streamed: file system of the embedder");
        }
    }

    @Test
    void homesInMemoryStream() throws Exception {
        try (FileSystem memory = Jimfs.newFileSystem(Configuration.unix())) {
            Path inMemory = Files.createDirectory(memory.getPath("/home"));
            PatternFile.write(inMemory.resolve("file"), SIZE);
            try (EmbeddedServer server =
                    EmbeddedServer.start(Account.ALICE, inMemory.toUri().toString(), factory -> {})) {
                assertThat(download(server)).contains("streamed: other file system provider");
            }
        }
    }

    @Test
    void leavesNoThreadsWhenTheServerStops() throws Exception {
        try (EmbeddedServer server = EmbeddedServer.start(Account.ALICE, home.toString(), factory -> {})) {
            assertThat(ourThreads()).isNotEmpty();
            download(server);
        }

        await().untilAsserted(() -> assertThat(ourThreads()).isEmpty());
    }

    private static List<String> ourThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("transfer-loop-"))
                .toList();
    }

    private static String download(EmbeddedServer server) throws IOException {
        FTPClient client = CommonsNet.login(server.address(), Way.Mode.PASSIVE, Account.ALICE);
        String reply = CommonsNet.retrieve(client, "file", 0, data -> PatternFile.assertRest(data, 0, SIZE));
        CommonsNet.logout(client);
        return reply;
    }

    /** Writes down what it is told. */
    private static final class Diary extends DefaultFtplet {

        private final List<String> entries = new CopyOnWriteArrayList<>();

        @Override
        public FtpletResult onConnect(FtpSession session) {
            return note("connect");
        }

        @Override
        public FtpletResult onLogin(FtpSession session, FtpRequest request) {
            return note("login");
        }

        @Override
        public FtpletResult onDownloadStart(FtpSession session, FtpRequest request) {
            return note("start " + request.getArgument());
        }

        @Override
        public FtpletResult afterCommand(FtpSession session, FtpRequest request, FtpReply reply)
                throws FtpException, IOException {
            if (request.getCommand().equals("RETR")) {
                note("end " + request.getArgument() + ": " + reply.getCode());
            }
            return super.afterCommand(session, request, reply);
        }

        @Override
        public FtpletResult onDisconnect(FtpSession session) {
            return note("disconnect");
        }

        private FtpletResult note(String entry) {
            entries.add(entry);
            return FtpletResult.DEFAULT;
        }
    }
}
