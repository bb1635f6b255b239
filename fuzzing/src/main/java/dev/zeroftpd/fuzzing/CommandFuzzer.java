package dev.zeroftpd.fuzzing;

import com.code_intelligence.jazzer.api.BugDetectors;
import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import dev.zeroftpd.config.reader.ConfigException;
import dev.zeroftpd.config.reader.SettingsLoader;
import dev.zeroftpd.config.reader.SettingsSources;
import dev.zeroftpd.server.FtpDaemon;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Commands with arguments, sent to a whole server in this process: each gets replies that are well formed and name no
 * class, and NOOP afterwards gets 200. Commands that would end the session or wait for a data connection have no argument worth
 * fuzzing, and those that make names would change what others find: all of them are left out.
 */
public final class CommandFuzzer {

    private static final List<String> VERBS = List.of(
            "PORT ",
            "EPRT ",
            "EPSV ",
            "HASH ",
            "OPTS HASH ",
            "OPTS MLST ",
            "OPTS ",
            "MLST ",
            "REST ",
            "RANG ",
            "TYPE ",
            "MODE ",
            "STRU ",
            "ALLO ",
            "SIZE ",
            "MDTM ",
            "MFMT ",
            "MFF ",
            "CWD ",
            "STAT ",
            "HELP ",
            "SITE ",
            "SITE CHMOD ",
            "SITE UTIME ",
            "SITE UMASK ",
            "XCRC ",
            "DELE ",
            "LANG ",
            "HOST ",
            "PBSZ ",
            "PROT ",
            "AVBL ",
            "PASV ",
            "");

    /** A line of a reply: a code with a blank or a hyphen, or a line inside a reply of several. */
    private static final Pattern LAST_LINE = Pattern.compile("[1-5]\\d\\d .*", Pattern.DOTALL);

    private static final Pattern CLASS_NAME =
            Pattern.compile("\\b(java|dev\\.zeroftpd|org\\.apache)\\.[a-z.]*[A-Z]|\\w+Exception");

    /** Only a server that hangs is waited for so long: on a busy machine, replies take their time. */
    private static final int PATIENCE_MILLIS = 240_000;

    private static @Nullable Socket connection;
    private static int port;

    /** What NOOP is answered with: the sign that all before it has been answered. */
    private static String noop = "";

    private CommandFuzzer() {}

    /** Called by Jazzer once. */
    public static void fuzzerInitialize() throws IOException, ConfigException {
        Path folder = Files.createTempDirectory("fuzzed");
        Path home = Files.createDirectory(folder.resolve("home"));
        Files.writeString(home.resolve("file"), "some text\n");
        Files.writeString(folder.resolve("users.properties"), """
            ftpserver.user.ann.userpassword=secret
            ftpserver.user.ann.homedirectory=home
            ftpserver.user.ann.enableflag=true
            ftpserver.user.ann.writepermission=true
            """);
        Path file = Files.writeString(folder.resolve("ftpd.properties"), """
            listener.address=127.0.0.1
            listener.port=0
            listener.idle-timeout=0
            users.file=users.properties
            users.upgrade-hashes=false
            state.directory=state
            control.socket=
            passive.ports=0
            transfer.connect-timeout=1s
            """);
        FtpDaemon daemon = FtpDaemon.start(SettingsLoader.load(SettingsSources.ofFile(file)));
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        daemon.announce(new PrintStream(said, true, StandardCharsets.UTF_8));
        String line = said.toString(StandardCharsets.UTF_8).strip();
        port = Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
    }

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(FuzzedDataProvider data) throws IOException {
        BugDetectors.allowNetworkConnections();
        Socket socket = connected();
        StringBuilder lines = new StringBuilder();
        for (int i = data.consumeInt(1, 4); i > 0; i--) {
            String argument = data.consumeString(60).replaceAll("[\\r\\n]", "");
            String line = data.pickValue(VERBS) + argument;
            if (!line.matches("(?is)X?(QUIT|REIN|USER|AUTH|ABOR).*")) {
                lines.append(line).append("\r\n");
            }
        }
        lines.append("NOOP\r\n");
        socket.getOutputStream().write(lines.toString().getBytes(StandardCharsets.UTF_8));
        String reply = "";
        do {
            reply = reply(socket.getInputStream());
            if (CLASS_NAME.matcher(reply).find() && !CLASS_NAME.matcher(lines).find()) {
                throw new IllegalStateException("to " + lines + ": " + reply);
            }
        } while (!reply.equals(noop));
    }

    private static Socket connected() throws IOException {
        Socket current = connection;
        if (current != null && !current.isClosed()) {
            return current;
        }
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        reply(socket.getInputStream());
        for (String command : List.of("USER ann\r\n", "PASS secret\r\n", "NOOP\r\n")) {
            socket.getOutputStream().write(command.getBytes(StandardCharsets.US_ASCII));
            noop = reply(socket.getInputStream());
        }
        connection = socket;
        return socket;
    }

    /** One whole reply, by RFC 959, section 4.2. */
    private static String reply(InputStream in) throws IOException {
        String first = line(in);
        String code = first.length() < 4 ? "" : first.substring(0, 3);
        StringBuilder reply = new StringBuilder(first);
        if (first.startsWith("-", 3)) {
            String next = first;
            while (!next.startsWith(code + " ")) {
                next = line(in);
                reply.append('\n').append(next);
            }
        } else if (!LAST_LINE.matcher(first).matches()) {
            throw new IllegalStateException("no reply: " + first);
        }
        return reply.toString();
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int value = in.read(); value != '\n'; value = in.read()) {
            if (value < 0) {
                throw new IllegalStateException("the server ended the session after " + bytes);
            }
            bytes.write(value);
        }
        String line = bytes.toString(StandardCharsets.UTF_8);
        if (!line.endsWith("\r")) {
            throw new IllegalStateException("a line without CR: " + line);
        }
        return line.substring(0, line.length() - 1);
    }
}
