package dev.zeroftpd.it.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.CommonsNet;
import dev.zeroftpd.it.support.Form;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerKeystore;
import dev.zeroftpd.it.support.ServerOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.commons.net.ftp.FTPClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads and downloads with commons-net, the same for every {@link Form}: whole, resumed, broken and many. */
@ParameterizedClass
@EnumSource
class TransferFormIT {

    private static final int MIDDLE_SIZE = 3_000_000;

    /** All of it a hole. More than a client takes before it drops out: JSSE's sockets read on while there is something. */
    private static final long ENDLESS = 64L << 30;

    @Parameter
    Form form;

    /** One for all forms: starting it takes longer than most of what is done with it. */
    @RegisterExtension
    private static final RunningServer server = RunningServer.with(folder -> {
        ServerOptions options = ServerOptions.standard().with("listener.tls", "explicit");
        for (Form form : Form.values()) {
            options = options.with(form.account());
        }
        return ServerKeystore.in(folder, options);
    });

    private FTPClient client;

    /** Of the form's account. */
    private Path home;

    @BeforeEach
    void login() throws IOException {
        home = server.folder().resolve(form.account().home());
        client = form.login(server);
    }

    @AfterEach
    void logout() throws IOException {
        CommonsNet.logout(client);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_537, 1_048_577, 5_000_000})
    void storesAndRetrievesAFileOfEverySize(int size) throws IOException {
        byte[] content = form.content(size);

        store("size-" + size, content, 0);

        assertThat(home.resolve("size-" + size)).hasBinaryContent(content);
        assertRetrieved("size-" + size, content, 0);
    }

    @Test
    void retrievesTheRestOfAFile() throws IOException {
        byte[] content = form.content(MIDDLE_SIZE);
        Files.write(home.resolve("rest"), content);

        for (int position : new int[] {1, MIDDLE_SIZE / 2, MIDDLE_SIZE - 1}) {
            client.setRestartOffset(form.transmitted(content, position));
            assertRetrieved("rest", content, position);
        }
    }

    @Test
    void aBrokenUploadKeepsTheOldFileAndCanBeResumed() throws IOException {
        byte[] content = form.content(MIDDLE_SIZE);
        Files.writeString(home.resolve("broken"), "the old file");

        OutputStream data = client.storeFileStream("broken");
        assertThat(data).as(client.getReplyString()).isNotNull();
        data.write(packed(Arrays.copyOf(content, MIDDLE_SIZE / 2)));
        data.flush();
        await().until(() -> home.toFile().list().length > 1 && receivedSome());
        assertThat(client.sendCommand("ABOR")).isEqualTo(426);
        assertThat(client.getReply()).isEqualTo(226);
        closeQuietly(data);

        assertThat(home.resolve("broken")).hasContent("the old file");
        assertThat(client.sendCommand("SIZE", "broken"))
                .as(client.getReplyString())
                .isEqualTo(213);
        long size = Long.parseLong(client.getReplyString().substring(4).strip());
        int position = 0;
        while (form.transmitted(content, position) < size) {
            position = next(content, position, size);
        }
        client.setRestartOffset(size);
        store("broken", content, position);
        assertThat(home.resolve("broken")).hasBinaryContent(content);
    }

    @Test
    void storesAndRetrievesManyFilesInOneSession() throws IOException {
        byte[] content = form.content(10_000);
        for (int i = 0; i < 20; i++) {
            store("many-" + i, content, 0);
            assertRetrieved("many-" + i, content, 0);
        }
    }

    @Test
    void theSessionSurvivesAClientThatDropsADownload() throws IOException {
        PatternFile.writeSparse(home.resolve("endless"), ENDLESS - 1, ENDLESS);
        InputStream data = client.retrieveFileStream("endless");
        assertThat(data).as(client.getReplyString()).isNotNull();
        assertThat(data.readNBytes(1000)).hasSize(1000);
        data.close();

        assertThat(client.completePendingCommand()).isFalse();
        assertThat(client.getReplyCode()).isEqualTo(426);
        assertThat(client.sendNoOp()).isTrue();
    }

    private boolean receivedSome() throws IOException {
        client.sendCommand("STAT");
        return client.getReplyString().matches("(?s).* [1-9]\\d{4,} bytes.*");
    }

    /** A step towards the position that SIZE told, without counting every line from the start again and again. */
    private int next(byte[] content, int position, long size) {
        long left = size - form.transmitted(content, position);
        return position + Math.toIntExact(Math.max(1, left / 2));
    }

    private byte[] packed(byte[] content) throws IOException {
        if (form != Form.MODE_Z) {
            return content;
        }
        var bytes = new ByteArrayOutputStream();
        try (OutputStream encoded = form.encode(bytes)) {
            encoded.write(content);
        }
        return Arrays.copyOf(bytes.toByteArray(), bytes.size() - 1000); // a stream that was cut
    }

    private void store(String name, byte[] content, int from) throws IOException {
        OutputStream data = client.storeFileStream(name);
        assertThat(data).as(client.getReplyString()).isNotNull();
        try (OutputStream encoded = form.encode(data)) {
            encoded.write(content, from, content.length - from);
        }
        assertThat(client.completePendingCommand()).as(client.getReplyString()).isTrue();
    }

    private void assertRetrieved(String name, byte[] content, int from) throws IOException {
        InputStream data = client.retrieveFileStream(name);
        assertThat(data).as(client.getReplyString()).isNotNull();
        byte[] received;
        try (InputStream decoded = form.decode(data)) {
            received = decoded.readAllBytes();
        }
        assertThat(client.completePendingCommand()).as(client.getReplyString()).isTrue();
        assertThat(Arrays.equals(received, Arrays.copyOfRange(content, from, content.length)))
                .as("the bytes of %s", name)
                .isTrue();
    }

    /** The server has reset this connection: what a library still sends has no receiver. */
    private static void closeQuietly(OutputStream data) {
        try {
            data.close();
        } catch (IOException resetByServer) {
            assertThat(resetByServer).isNotNull();
        }
    }
}
