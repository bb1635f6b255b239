package dev.zeroftpd.it.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPSClient;
import org.apache.commons.net.util.TrustManagerUtils;

/** What can lie between a file and the wire: the same transfers have to work with each. Immutable. */
public enum Form {
    PLAIN,
    ACTIVE,
    TLS_1_2,
    TLS_1_3,
    MODE_Z,
    ASCII,
    THROTTLED;

    private static final int MIB = 1 << 20;

    /** Lower than any machine's speed, and high enough for a test. */
    private static final int RATE = 8 * MIB;

    /** An account of its own, so that all forms can be served side by side. */
    public Account account() {
        String label = name().toLowerCase(Locale.ROOT);
        Account own = Account.ALICE.named(label).atHome("home-" + label);
        return this == THROTTLED ? own.withUploadRate(RATE).withDownloadRate(RATE) : own;
    }

    public FTPClient login(ServerUnderTest server) throws IOException {
        FTPClient client = newClient();
        CommonsNet.login(client, server.address(), this == ACTIVE ? Way.Mode.ACTIVE : Way.Mode.PASSIVE, account());
        if (client instanceof FTPSClient secure) {
            secure.execPBSZ(0);
            secure.execPROT("P");
        }
        if (this == ASCII) {
            client.setFileType(FTP.ASCII_FILE_TYPE);
        }
        if (this == MODE_Z) {
            client.sendCommand("MODE", "Z");
        }
        return client;
    }

    private FTPClient newClient() {
        return switch (this) {
            case PLAIN, ACTIVE, MODE_Z, ASCII, THROTTLED -> new FTPClient();
            case TLS_1_2 -> secureClient("TLSv1.2");
            case TLS_1_3 -> secureClient("TLSv1.3");
        };
    }

    private static FTPSClient secureClient(String protocol) {
        FTPSClient client = new FTPSClient(false);
        client.setTrustManager(TrustManagerUtils.getAcceptAllTrustManager());
        client.setEnabledProtocols(new String[] {protocol});
        return client;
    }

    /** The file's bytes from what the client's library delivers, which converts lines itself. */
    public InputStream decode(InputStream data) {
        return this == MODE_Z ? new InflaterInputStream(data) : data;
    }

    public OutputStream encode(OutputStream data) {
        return this == MODE_Z ? new DeflaterOutputStream(data) : data;
    }

    /** A file of {@code size} bytes; in TYPE A one of lines, which are as long as they are odd. */
    public byte[] content(int size) {
        byte[] bytes = PatternFile.bytes(0, size);
        if (this == ASCII) {
            for (int i = 0; i < size; i++) {
                bytes[i] = (byte) (bytes[i] % 17 == 0 ? '\n' : 'a' + (bytes[i] & 15));
            }
        }
        return bytes;
    }

    /** Where SIZE and REST see byte {@code position} of a file: in TYPE A each line end before it counts twice. */
    public long transmitted(byte[] content, int position) {
        long count = position;
        for (int i = 0; i < position && this == ASCII; i++) {
            count += content[i] == '\n' ? 1 : 0;
        }
        return count;
    }
}
