package dev.zeroftpd.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Run once by the launcher against a new server, so that the JVM's ahead-of-time cache covers a session and its
 * transfers too: logs in to this machine's server as anonymous, lists, and downloads {@code /file}. A program of its
 * own; one thread.
 */
final class Rehearsal {

    /** Enough for the JVM to see which methods are worth compiling; a tenth of a second. */
    private static final int ROUNDS = 100;

    private static final Pattern PORT = Pattern.compile("\\(\\|\\|\\|(\\d+)\\|\\)");

    private final BufferedReader replies;
    private final OutputStream commands;

    private Rehearsal(Socket control) throws IOException {
        replies = new BufferedReader(new InputStreamReader(control.getInputStream(), StandardCharsets.UTF_8));
        commands = control.getOutputStream();
    }

    /** Takes the port to connect to. */
    static void main(String[] arguments) throws IOException {
        try (Socket control = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]))) {
            new Rehearsal(control).play();
        }
    }

    private void play() throws IOException {
        reply();
        for (String command : List.of("USER anonymous", "PASS rehearsal@", "FEAT", "PWD", "TYPE I", "STAT")) {
            say(command);
        }
        for (int round = 0; round < ROUNDS; round++) {
            say("SIZE file");
            transfer("RETR file");
            transfer("MLSD");
            transfer("LIST");
        }
        say("QUIT");
    }

    private void transfer(String command) throws IOException {
        Matcher port = PORT.matcher(say("EPSV"));
        if (!port.find()) {
            throw new IOException("EPSV was refused");
        }
        try (Socket data = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port.group(1)))) {
            say(command);
            InputStream content = data.getInputStream();
            content.transferTo(OutputStream.nullOutputStream());
        }
        reply();
    }

    private String say(String command) throws IOException {
        commands.write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
        commands.flush();
        return reply();
    }

    /** The last line of a reply: code, blank, text (RFC 959, section 4.2). */
    private String reply() throws IOException {
        for (String line = replies.readLine(); line != null; line = replies.readLine()) {
            if (line.matches("\\d{3} .*")) {
                return line;
            }
        }
        throw new IOException("the server hung up");
    }
}
