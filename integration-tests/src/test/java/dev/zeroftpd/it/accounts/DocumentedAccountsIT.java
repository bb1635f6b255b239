package dev.zeroftpd.it.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.DocumentedAccounts;
import dev.zeroftpd.it.accounts.CertificateAuthority.Issued;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.PatternFile;
import dev.zeroftpd.it.support.Reply;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerOptions;
import dev.zeroftpd.it.support.TrustingTls;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The file of accounts that docs/accounts.md prints, and the conversations that it prints with it. */
class DocumentedAccountsIT {

    private static final Pattern CONVERSATION = Pattern.compile("```text\n(.*?)```", Pattern.DOTALL);

    /** A line of a conversation: whose, in which direction, and what. */
    private static final Pattern LINE = Pattern.compile("(\\w+)([<>]) (.*)");

    private static final Pattern UPLOAD = Pattern.compile("(STOR \\S+) +\\(([\\d,]+) bytes?\\)");

    /** Of the account that has no password. */
    private @Nullable Issued certificate;

    @RegisterExtension
    private final RunningServer server = RunningServer.with(this::options);

    private ServerOptions options(Path folder) throws IOException {
        CertificateAuthority authority = CertificateAuthority.make(folder.resolve("ca"));
        certificate = authority.issue("hooli", "/O=Hooli/CN=hooli");
        return DocumentedAccounts.options(folder)
                .with("tls.client-certificates", "optional")
                .with("tls.client-authorities", "ca/ca.pem");
    }

    /** What a client sent, and what it was answered. */
    private record Turn(String client, String command, List<String> reply) {}

    private static List<Turn> turns() throws IOException {
        List<Turn> turns = new ArrayList<>();
        Matcher conversation = CONVERSATION.matcher(DocumentedAccounts.page());
        while (conversation.find()) {
            for (String text : conversation.group(1).lines().toList()) {
                Matcher line = LINE.matcher(text);
                assertThat(line.matches()).as(text).isTrue();
                if (line.group(2).equals(">")) {
                    turns.add(new Turn(line.group(1), line.group(3), new ArrayList<>()));
                } else {
                    turns.getLast().reply().add(line.group(3));
                }
            }
        }
        return turns;
    }

    /** Whose certificate logs in does so in the conversation. */
    private ControlClient login(String name) throws IOException, GeneralSecurityException {
        ControlClient client = ControlClient.connect(server.address());
        Optional<SSLContext> tls = tls(name);
        if (tls.isPresent()) {
            client.expect(234, "AUTH TLS");
            client.protect(tls.get(), "TLSv1.3");
            client.expect(200, "PBSZ 0");
            client.expect(200, "PROT P");
        }
        if (name.equals("hooli")) {
            return client;
        }
        client.logIn(AccountsFile.named(name));
        client.expect(200, "TYPE I");
        return client;
    }

    /** Of the partners, who need it. */
    private Optional<SSLContext> tls(String name) throws IOException, GeneralSecurityException {
        return switch (name) {
            case "hooli" -> Optional.of(Objects.requireNonNull(certificate).context());
            case "initech" -> Optional.of(TrustingTls.context());
            default -> Optional.empty();
        };
    }

    private static Reply said(ControlClient client, Optional<SSLContext> tls, String command) throws IOException {
        Matcher upload = UPLOAD.matcher(command);
        if (!upload.matches()) {
            return client.command(command);
        }
        try (DataClient data = DataClient.connect(client.extendedPassive())) {
            Reply first = client.command(upload.group(1));
            if (first.code() != 150) {
                return first;
            }
            if (tls.isPresent()) {
                data.protect(tls.get());
            }
            data.output()
                    .write(PatternFile.bytes(0, Integer.parseInt(upload.group(2).replace(",", ""))));
        } catch (SocketException ended) {
            // by a server that has had enough, which says why
        }
        return client.reply();
    }

    /** Where times and counts differ from run to run, the documentation has … instead of the rest. */
    private static boolean isAsWritten(List<String> said, List<String> written) {
        boolean same = said.size() == written.size();
        for (int i = 0; same && i < said.size(); i++) {
            String expected = written.get(i);
            same = expected.endsWith("…")
                    ? said.get(i).startsWith(expected.substring(0, expected.length() - 1))
                    : said.get(i).equals(expected);
        }
        return same;
    }

    @Test
    void theServerSaysWhatTheDocumentationSaysThatItDoes() throws IOException, GeneralSecurityException {
        List<Turn> turns = turns();
        assertThat(turns).hasSizeGreaterThan(15);
        Map<String, ControlClient> clients = new HashMap<>();
        List<String> differences = new ArrayList<>();
        try {
            for (Turn turn : turns) {
                if (!clients.containsKey(turn.client())) {
                    clients.put(turn.client(), login(turn.client()));
                }
                Reply reply = said(clients.get(turn.client()), tls(turn.client()), turn.command());
                if (reply.code() == 232) {
                    clients.get(turn.client()).expect(200, "TYPE I");
                }
                if (!isAsWritten(reply.lines(), turn.reply())) {
                    differences.add(turn.command() + ": " + reply.lines());
                }
            }
        } finally {
            for (ControlClient client : clients.values()) {
                client.close();
            }
        }

        assertThat(differences).isEmpty();
        // the picture that came under a taken name is there, too
        assertThat(server.folder().resolve("srv/cameras").toFile().list())
                .hasSize(1)
                .allMatch(name -> name.startsWith("gate.jpg."));
    }
}
