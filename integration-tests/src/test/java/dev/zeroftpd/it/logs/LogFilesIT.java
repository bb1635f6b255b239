package dev.zeroftpd.it.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.Checkout;
import dev.zeroftpd.it.support.Command;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.ServerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files that the shipped logback.xml can write: what is in them, and how they are rotated. */
class LogFilesIT {

    private static final byte[] BYTES = "abc".getBytes(StandardCharsets.US_ASCII);

    /** As wu-ftpd's manual has it: time, seconds, host, bytes, name, type, action, direction, access, user, and so on. */
    private static final Pattern XFERLOG = Pattern.compile(
            "(Mon|Tue|Wed|Thu|Fri|Sat|Sun) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ 123]\\d"
                + " \\d\\d:\\d\\d:\\d\\d \\d{4} \\d+ \\S+ \\d+ \\S+ [ab] [CUT_] [oid] [agr] \\S+ ftp [01] \\S+ [ci]");

    /** Reads lines of JSON and prints some fields of each event: fails if a line is no JSON. */
    private static final String READER = """
        import json, sys
        for line in open(sys.argv[1], encoding="utf-8", newline="\\n"):
            fields = json.loads(line)
            if "event" in fields:
                print(fields["event"], *[json.dumps(fields.get(k)) for k in sys.argv[2:]])
        """;

    @TempDir
    Path folder;

    @Test
    void jsonLinesHaveTheFieldsOfEachEvent() throws IOException {
        try (ServerProcess server = start(LogConfiguration.withFiles())) {
            session(server);
            String events = awaitText(
                    () -> Command.run(
                                    folder,
                                    "python3",
                                    "-c",
                                    READER,
                                    log("ftpd.json").toString(),
                                    "user",
                                    "address",
                                    "tls",
                                    "verb",
                                    "path",
                                    "to",
                                    "bytes",
                                    "way",
                                    "outcome")
                            .expectExit(0)
                            .output(),
                    "logout");
            assertThat(events.lines())
                    .contains(
                            "login \"alice\" \"127.0.0.1\" false null null null null null null",
                            "upload \"alice\" \"127.0.0.1\" false \"STOR\" \"/a\\\"\\ufeff{} b\" null 3 \"streamed\""
                                    + " \"completed\"",
                            "download \"alice\" \"127.0.0.1\" false \"RETR\" \"/a\\\"\\ufeff{} b\" null 3"
                                    + " \"zero-copy\" \"completed\"",
                            "rename \"alice\" \"127.0.0.1\" false \"RNTO\" \"/a\\\"\\ufeff{} b\" \"/c\" null null null",
                            "download \"alice\" \"127.0.0.1\" false \"RETR\" \"/gone\" null null null \"refused\"",
                            "delete \"alice\" \"127.0.0.1\" false \"DELE\" \"/c\" null null null null");
        }
    }

    @Test
    void anyEncoderOfLogbackHasTheFields() throws IOException {
        try (ServerProcess server = start(LogConfiguration.withFiles()
                .with("dev.zeroftpd.ops.log.JsonLinesEncoder", "ch.qos.logback.classic.encoder.JsonEncoder"))) {
            session(server);
            String text = awaitText(() -> Files.readString(log("ftpd.json")), "\"logout\"");
            assertThat(text.lines().filter(line -> line.contains("\"event\":\"download\"") && line.contains("\"3\"")))
                    .singleElement()
                    .asString()
                    .contains("{\"path\":\"\\/a\\\"")
                    .contains("\"message\":\"alice 127.0.0.1 RETR");
        }
    }

    @Test
    void xferlogIsAsProgramsExpectIt() throws IOException {
        try (ServerProcess server = start(LogConfiguration.withFiles())) {
            session(server);
            String text = awaitText(() -> Files.readString(log("xferlog")), " d ");
            assertThat(text.lines()).allMatch(XFERLOG.asMatchPredicate());
            assertThat(text.lines().map(line -> line.substring(24).replaceFirst("^ \\d+", "")))
                    .containsExactly(
                            " 127.0.0.1 3 /a\"_{}_b b _ i r alice ftp 0 * c",
                            " 127.0.0.1 3 /a\"_{}_b b _ o r alice ftp 0 * c",
                            " 127.0.0.1 0 /c b _ d r alice ftp 0 * c");
            Path report = Files.createDirectory(folder.resolve("report"));
            Command read = Command.run(
                            folder,
                            "webalizer",
                            "-F",
                            "ftp",
                            "-o",
                            report.toString(),
                            log("xferlog").toString())
                    .expectExit(0);
            assertThat(read.output() + read.errors()).contains("3 records").doesNotContain("bad");
        }
    }

    @Test
    void theAuditFileSaysWhoDidWhatInWhichSession() throws IOException {
        try (ServerProcess server = start(LogConfiguration.withFiles())) {
            session(server);
            String text = awaitText(() -> Files.readString(log("audit.log")), "LOGOUT");
            assertThat(text.lines()
                            .map(line -> line.replaceFirst("^.{23} ([0-9a-z]+-\\d+|-) ", ""))
                            .skip(1))
                    .first()
                    .isEqualTo("alice 127.0.0.1 LOGIN in clear");
            assertThat(text.lines().map(line -> line.replaceFirst("^.{23} [0-9a-z]+-\\d+ ", "")))
                    .contains("alice 127.0.0.1 RNTO \"/a\\\"\\ufeff{} b\" to \"/c\"", "alice 127.0.0.1 DELE \"/c\"")
                    .noneMatch(line -> line.contains("RETR") || line.contains("CONNECT"));
        }
    }

    @Test
    void aRenamedFileIsOpenedAnewAtSighup() throws IOException {
        try (ServerProcess server = start(LogConfiguration.withFiles())) {
            session(server);
            awaitText(() -> Files.readString(log("events.log")), "LOGOUT");
            for (String name : List.of("events.log", "ftpd.json", "xferlog", "audit.log")) {
                Files.move(log(name), log(name + ".1"));
            }
            server.hangUp();
            awaitText(() -> text(log("events.log")), "Configuration reloaded");
            session(server);
            for (String name : List.of("events.log", "ftpd.json", "xferlog", "audit.log")) {
                awaitText(() -> text(log(name)), "/c");
            }
            assertThat(Files.readString(log("events.log.1"))).doesNotContain("Configuration reloaded");
        }
    }

    @Test
    void filesAreRotatedBySize() throws IOException {
        try (ServerProcess server = start(LogConfiguration.withFiles()
                .with(
                        "<maxFileSize>100MB</maxFileSize>",
                        "<maxFileSize>1KB</maxFileSize><checkIncrement>1 milliseconds</checkIncrement>"))) {
            await().until(() -> {
                session(server);
                try (Stream<Path> files = Files.list(log(""))) {
                    return files.filter(file -> file.getFileName().toString().matches("events-.*\\.\\d+\\.log\\.gz"))
                                    .count()
                            > 1;
                }
            });
        }
    }

    @Test
    void noFileIsWrittenUnlessItIsAskedFor() throws IOException {
        LogConfiguration shipped = new LogConfiguration(Files.readString(Checkout.ROOT.resolve("config/logback.xml")));
        try (ServerProcess server = start(shipped)) {
            session(server);
            server.awaitLogLine(line -> line.contains("LOGOUT"));
            assertThat(server.logText()).doesNotContain("logback").doesNotContain("/c b _ d");
        }
        assertThat(folder.resolve("log")).doesNotExist();
    }

    private ServerProcess start(LogConfiguration logs) throws IOException {
        logs.writeTo(folder);
        return ServerProcess.start(folder, ServerOptions.standard());
    }

    private static void session(ServerProcess server) throws IOException {
        try (ControlClient control = ControlClient.login(server.address(), Account.ALICE)) {
            control.expect(200, "TYPE I");
            DataClient.sent(control, "STOR a\"\ufeff{} b", BYTES);
            DataClient.received(control, "RETR a\"\ufeff{} b");
            control.expect(350, "RNFR a\"\ufeff{} b");
            control.expect(250, "RNTO c");
            control.extendedPassive();
            control.expect(550, "RETR gone");
            control.expect(250, "DELE c");
            control.expect(221, "QUIT");
        }
    }

    private Path log(String name) {
        return folder.resolve("log").resolve(name);
    }

    private static String text(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file) : "";
    }

    @FunctionalInterface
    private interface Text {
        String read() throws IOException;
    }

    private static String awaitText(Text text, String part) {
        return await().until(text::read, read -> read.contains(part));
    }
}
