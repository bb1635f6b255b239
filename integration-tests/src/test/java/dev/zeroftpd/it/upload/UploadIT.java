package dev.zeroftpd.it.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.Reply;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** STOR, APPE, STOU and SIZE, complete and broken, in both upload modes and in every form that bytes travel in. */
@ParameterizedClass
@ValueSource(strings = {"atomic", "direct"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UploadIT {

    /** What bytes look like on the data connection. */
    enum Form {
        IMAGE,
        ASCII,
        MODE_Z;

        void choose(ControlClient client) throws IOException {
            client.expect(200, this == ASCII ? "TYPE A" : "TYPE I");
            client.expect(200, this == MODE_Z ? "MODE Z" : "MODE S");
        }

        byte[] onTheWire(byte[] local) throws IOException {
            return switch (this) {
                case IMAGE -> local;
                case ASCII ->
                    new String(local, StandardCharsets.ISO_8859_1)
                            .replace("\n", "\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1);
                case MODE_Z -> packed(local);
            };
        }

        private static byte[] packed(byte[] bytes) throws IOException {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
                deflater.write(bytes);
            }
            return packed.toByteArray();
        }
    }

    @Parameter
    String mode;

    @RegisterExtension
    private final RunningServer server = RunningServer.with(folder -> ServerOptions.standard()
            .with("upload.mode", mode)
            .with(Account.ALICE.named("reader").readOnly()));

    private ControlClient client;

    @BeforeEach
    void login() throws IOException {
        client = ControlClient.login(server.address(), Account.ALICE);
    }

    @AfterEach
    void logout() throws IOException {
        client.close();
    }

    @ParameterizedTest
    @EnumSource
    void storesAndSaysHowManyBytesCame(Form form) throws IOException {
        byte[] content = text(3_000_000);
        byte[] wire = form.onTheWire(content);
        form.choose(client);

        String transmitted = form == Form.IMAGE ? "" : "(" + wire.length + " transmitted) ";
        assertThat(store("STOR stored", wire).text())
                .startsWith("226")
                .contains(" " + content.length + " bytes " + transmitted);

        assertThat(file("stored")).hasBinaryContent(content);
    }

    @ParameterizedTest
    @EnumSource(names = {"IMAGE", "ASCII"})
    void sizeAndRestCountTheBytesThatTravel(Form form) throws IOException {
        byte[] content = text(500_000);
        byte[] wire = form.onTheWire(content);
        int lineStart = form.onTheWire(Arrays.copyOf(content, 100_000 / LINE * LINE)).length;
        form.choose(client);
        store("STOR continued", Arrays.copyOf(wire, lineStart + LINE / 2));

        assertThat(client.expect(213, "SIZE continued").text()).isEqualTo("213 " + (lineStart + LINE / 2));
        assertThat(storeFrom(lineStart, "STOR continued", Arrays.copyOfRange(wire, lineStart, wire.length))
                        .code())
                .isEqualTo(226);

        assertThat(file("continued")).hasBinaryContent(content);
    }

    @ParameterizedTest
    @EnumSource
    void whatAResetLeftIsResumedWithAppend(Form form) throws IOException {
        String name = "resumed-" + form;
        byte[] content = text(2_000_000);
        byte[] half = form.onTheWire(Arrays.copyOf(content, 1_000_000));
        form.choose(client);
        breakOff("STOR " + name, half);

        client.expect(200, "TYPE I");
        int size = Integer.parseInt(client.expect(213, "SIZE " + name).text().substring(4));
        assertThat(size).isPositive();
        form.choose(client);
        assertThat(store("APPE " + name, form.onTheWire(Arrays.copyOfRange(content, size, content.length)))
                        .code())
                .isEqualTo(226);

        assertThat(file(name)).hasBinaryContent(content);
        assertThat(partials()).isEmpty();
    }

    @Test
    void aBrokenUploadReplacesNothingButWhereItIsDirect() throws IOException {
        Files.writeString(file("kept"), "the old file");

        breakOff("STOR kept", text(1_000_000));

        if (mode.equals("atomic")) {
            assertThat(file("kept")).hasContent("the old file");
            assertThat(partials()).hasSize(1);
            assertThat(client.expect(213, "SIZE kept").text()).isEqualTo("213 1000000");
            assertThat(names()).contains("kept").noneMatch(name -> name.contains("partial"));
            client.expect(550, "SIZE " + partials().getFirst());
            client.expect(550, "RNFR " + partials().getFirst());
            client.expect(550, "DELE " + partials().getFirst());
            for (String verb : List.of("STOR", "APPE", "STOU")) {
                client.extendedPassive();
                client.expect(553, verb + " " + partials().getFirst());
            }
        } else {
            assertThat(file("kept")).content().startsWith("a line");
        }
        assertThat(store("STOR kept", text(1000)).code()).isEqualTo(226);
        assertThat(partials()).isEmpty();
    }

    @Test
    void appendContinuesABrokenUploadOfAFileThatExistsOnceSizeHasToldWhere() throws IOException {
        Files.writeString(file("renewed"), "the old file");
        byte[] content = text(1_000_000);
        breakOff("STOR renewed", Arrays.copyOf(content, 500_000));

        if (mode.equals("atomic")) {
            client.extendedPassive();
            client.expect(450, "APPE renewed");
        }
        client.expect(213, "SIZE renewed");
        assertThat(store("APPE renewed", Arrays.copyOfRange(content, 500_000, content.length))
                        .code())
                .isEqualTo(226);

        assertThat(file("renewed")).hasBinaryContent(content);
        assertThat(partials()).isEmpty();
    }

    @Test
    void aRestBeyondTheEndDamagesNothing() throws IOException {
        Files.writeString(file("short"), "0123");
        client.extendedPassive();
        client.expect(350, "REST 5");

        client.expect(554, "STOR short");

        assertThat(file("short")).hasContent("0123");
    }

    @Test
    void restWritesIntoTheFileWithoutCuttingIt() throws IOException {
        Files.writeString(file("edited"), "0123456789");

        assertThat(storeFrom(4, "STOR edited", "ab".getBytes(StandardCharsets.US_ASCII))
                        .code())
                .isEqualTo(226);

        assertThat(file("edited")).hasContent("0123ab6789");
    }

    @Test
    void abortEndsInTwoRepliesAndCanBeResumed() throws IOException {
        byte[] content = text(1_000_000);
        try (DataClient data = DataClient.connect(client.extendedPassive())) {
            client.expect(150, "STOR aborted");
            data.output().write(content, 0, 500_000);
            awaitReceived(500_000);
            client.expect(426, "ABOR");
            client.expectReply(226);
        }

        client.expect(213, "SIZE aborted");
        assertThat(store("APPE aborted", Arrays.copyOfRange(content, 500_000, content.length))
                        .code())
                .isEqualTo(226);
        assertThat(file("aborted")).hasBinaryContent(content);
    }

    @Test
    void storesUnderAUniqueNameAndTellsIt() throws IOException {
        Files.writeString(file("taken"), "mine");
        DataClient data = DataClient.connect(client.extendedPassive());
        String path = client.expect(150, "STOU taken").text().substring("150 FILE: ".length());
        data.output().write("new".getBytes(StandardCharsets.US_ASCII));
        data.close();
        client.expectReply(226);

        assertThat(file("taken")).hasContent("mine");
        assertThat(file(path.substring(1))).hasContent("new");
    }

    @Test
    void removesADirectoryThatIsEmptyButForPartials() throws IOException {
        client.expect(257, "MKD folder");
        breakOff("STOR folder/broken", text(10_000));
        if (mode.equals("direct")) {
            client.expect(250, "DELE folder/broken");
        }

        client.expect(250, "RMD folder");

        assertThat(file("folder")).doesNotExist();
    }

    @Test
    void refusesWhatCanNotBeWritten() throws IOException {
        Files.createDirectories(file("directory"));
        try (ControlClient reader = ControlClient.login(server.address(), Account.ALICE.named("reader"))) {
            reader.extendedPassive();
            reader.expect(553, "STOR refused");
        }
        client.extendedPassive();
        client.expect(550, "STOR directory");
        client.extendedPassive();
        client.expect(550, "STOR absent/file");
        client.expect(550, "SIZE directory");
        client.expect(550, "SIZE absent");

        assertThat(file("refused")).doesNotExist();
    }

    /** One line of {@link #text}. */
    private static final int LINE = 10;

    private static byte[] text(int size) {
        return "a line ..\n".repeat(size / LINE + 1).substring(0, size).getBytes(StandardCharsets.US_ASCII);
    }

    private Reply store(String command, byte[] wire) throws IOException {
        return storeFrom(0, command, wire);
    }

    private Reply storeFrom(long offset, String command, byte[] wire) throws IOException {
        try (DataClient data = DataClient.connect(client.extendedPassive())) {
            if (offset > 0) {
                client.expect(350, "REST " + offset);
            }
            client.expect(150, command);
            data.output().write(wire);
        }
        return client.reply();
    }

    private void breakOff(String command, byte[] wire) throws IOException {
        DataClient data = DataClient.connect(client.extendedPassive());
        client.expect(150, command);
        data.output().write(wire);
        awaitReceived(wire.length);
        data.reset();
        client.expectReply(426);
    }

    /** STAT during a transfer tells how far it is. */
    private void awaitReceived(int bytes) {
        await().until(() -> client.expect(211, "STAT").text().contains(" " + bytes + " bytes"));
    }

    private List<String> names() throws IOException {
        DataClient data = DataClient.connect(client.extendedPassive());
        client.expect(150, "NLST");
        String names = new String(data.input().readAllBytes(), StandardCharsets.UTF_8);
        client.expectReply(226);
        return names.lines().toList();
    }

    private List<String> partials() throws IOException {
        try (Stream<Path> files = Files.list(server.home())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.contains("partial"))
                    .toList();
        }
    }

    private Path file(String name) {
        return server.home().resolve(name);
    }
}
