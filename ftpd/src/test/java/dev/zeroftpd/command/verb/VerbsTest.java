package dev.zeroftpd.command.verb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zeroftpd.command.Commands;
import dev.zeroftpd.command.Embedder;
import dev.zeroftpd.command.login.LoginThreads;
import dev.zeroftpd.command.transfer.LimitsByAccount;
import dev.zeroftpd.command.transfer.TransferParts;
import dev.zeroftpd.command.work.WorkThreads;
import dev.zeroftpd.config.TestSettings;
import dev.zeroftpd.config.WithoutQuit;
import dev.zeroftpd.control.rule.Conduct;
import dev.zeroftpd.control.rule.Gate;
import dev.zeroftpd.control.rule.Telling;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.transfer.TransferEngine;
import dev.zeroftpd.transfer.bandwidth.Bandwidth;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.command.CommandFactory;
import org.apache.ftpserver.command.CommandFactoryFactory;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.DefaultFtpRequest;
import org.apache.ftpserver.message.MessageResourceFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of verbs as the dispatcher, the gate and HELP see it. */
final class VerbsTest {

    private final TransferEngine engine = TransferEngine.start();
    private final LoginThreads logins = new LoginThreads();
    private final WorkThreads hashes = new WorkThreads();
    private final TransferParts parts = new TransferParts(
            engine,
            new LimitsByAccount(new Bandwidth(0, 0), name -> Optional.empty(), TestSettings.DEFAULTS.transfer()),
            false,
            WithoutQuit.NEW,
            Optional.empty());
    private final Verbs verbs = Commands.all(parts, engine, logins, hashes);

    VerbsTest() throws IOException {}

    @AfterEach
    void stop() {
        logins.close();
        engine.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ABOR", "ADAT", "AUTH", "CCC", "CONF", "ENC", "FEAT", "HELP", "HOST", "LANG", "MIC", "NOOP", "OPTS",
                "PBSZ", "PROT", "QUIT", "REIN", "SYST"
            })
    void whatCarriesNoNameAndNoPasswordMayComeBeforeTls(String verb) {
        assertThat(verbs.gate(new DefaultFtpRequest(verb))).isEqualTo(Gate.BEFORE_TLS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"USER", "PASS", "ACCT"})
    void whatLogsInComesBehindTlsAndBeforeLogin(String verb) {
        assertThat(verbs.gate(new DefaultFtpRequest(verb + " x"))).isEqualTo(Gate.BEFORE_LOGIN);
    }

    @ParameterizedTest
    @CsvSource({
        "USER alice, ACCOUNT_NAME",
        "PASS secret, VERB",
        "ACCT secret, VERB",
        "RETR file, WHOLE",
        "SITE WHO, WHOLE",
        "SITE CHMOD 644 a, WHOLE",
        "SITE PSWD old new, VERB",
        "SITE, WHOLE",
        "OPTS UTF8 ON, WHOLE",
        "PSAS secret, NOTHING",
        "secret, NOTHING"
    })
    void operatorsWhoTraceASessionSeeNoSecret(String line, Telling telling) {
        assertThat(verbs.telling(new DefaultFtpRequest(line))).isEqualTo(telling);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RETR x", "STOR x", "DELE x", "LIST", "PASV", "SITE WHO", "STAT", "NEVERHEARD"})
    void everythingElseComesBehindLogin(String line) {
        assertThat(verbs.gate(new DefaultFtpRequest(line))).isEqualTo(Gate.AFTER_LOGIN);
    }

    /** The row of what is meant decides, as for its conduct; where there is none, that of the verb before it. */
    @ParameterizedTest
    @CsvSource({
        "SITE EARLY x,BEFORE_TLS",
        "site early,BEFORE_TLS",
        "SITE BIRD,BEFORE_LOGIN",
        "SITE LATE,AFTER_LOGIN",
        "SITE NEVERHEARD,AFTER_LOGIN",
        "SITE,AFTER_LOGIN",
        "OPTS LATE,AFTER_LOGIN",
        "OPTS NEVERHEARD,BEFORE_TLS",
        "OPTS,BEFORE_TLS"
    })
    void theGateIsThatOfTheVerbThatIsMeant(String line, Gate gate) {
        Command none = (session, context, request) -> {};
        Verbs table = new Verbs(
                key -> null,
                all -> List.of(
                        Verb.of("SITE", "command", none).passesOn(),
                        Verb.of("SITE EARLY", "", none).beforeTls(),
                        Verb.of("SITE BIRD", "", none).beforeLogin(),
                        Verb.of("SITE LATE", "", none),
                        Verb.of("OPTS", "command", none).passesOn().beforeTls(),
                        Verb.of("OPTS LATE", "", none)));
        assertThat(table.gate(new DefaultFtpRequest(line))).isEqualTo(gate);
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPTS UTF8 ON", "OPTS UTF-8 ON", "OPTS MLST Size;", "OPTS MODE Z LEVEL 6", "OPTS HASH MD5"})
    void optionsMayBeChosenBeforeTls(String line) {
        assertThat(verbs.gate(new DefaultFtpRequest(line))).isEqualTo(Gate.BEFORE_TLS);
    }

    @Test
    void helpNeverListsWhatIsRefused() {
        List<String> refused = verbs.names().stream()
                .filter(name -> !verbs.find(name).orElseThrow().isOffered())
                .toList();
        assertThat(refused).contains("SMNT", "ADAT", "LPRT");
        assertThat(verbs.offered()).doesNotContainAnyElementsOf(refused);
        assertThat(verbs.offered()).contains("RETR", "XCWD", "SITE").isSorted();
    }

    @ParameterizedTest
    @CsvSource({
        "OPTS MLST Size;,QUICK",
        "opts utf8 on,QUICK_BARRIER",
        "OPTS UTF-8,QUICK_BARRIER",
        "OPTS NEVERHEARD,ORDINARY",
        "OPTS,QUICK",
        "SITE ZEROCOPY,DURING_TRANSFER",
        "site zerocopy,DURING_TRANSFER",
        "SITE WHO,ORDINARY",
        "SITE,ORDINARY",
        "STAT,DURING_TRANSFER",
        "STAT x,ORDINARY",
        "ABOR,ABORT",
        "AUTH TLS,BARRIER",
        "REIN,QUICK_BARRIER",
        "NOOP,QUICK_DURING_TRANSFER",
        "NEVERHEARD,ORDINARY"
    })
    void theConductIsThatOfTheVerbThatIsMeant(String line, Conduct conduct) {
        assertThat(verbs.conduct(new DefaultFtpRequest(line))).isEqualTo(conduct);
    }

    @ParameterizedTest
    @CsvSource({
        "RETR,DOWNLOAD",
        "HASH,DOWNLOAD",
        "XCRC,DOWNLOAD",
        "STOR,STORE",
        "STOU,STORE_NEW",
        "APPE,APPEND",
        "LIST,LIST",
        "NLST,LIST",
        "MLSD,LIST",
        "STAT,LIST",
        "MLST,LOOK",
        "SIZE,LOOK",
        "MDTM,LOOK",
        "DELE,DELETE",
        "MKD,MKDIR",
        "RMD,RMDIR",
        "RNFR,RENAME",
        "RNTO,RENAME_TO",
        "MFF,ATTRIBUTES",
        "MFMT,ATTRIBUTES",
        "SITE CHMOD,ATTRIBUTES",
        "SITE UMASK,ATTRIBUTES",
        "SITE UTIME,ATTRIBUTES",
        "AVBL,SPACE",
        "CWD,NOTHING",
        "PWD,NOTHING"
    })
    void theRowSaysWhichPermissionIsNeeded(String verb, Need need) {
        assertThat(verbs.find(verb).orElseThrow().rules().need()).isEqualTo(need);
    }

    @ParameterizedTest
    @CsvSource({
        "STOR x,553",
        "STOU,553",
        "APPE x,553",
        "RNTO x,553",
        "RETR x,550",
        "DELE x,550",
        "SITE CHMOD 644 x,550",
        "NEVERHEARD,550"
    })
    void theRowSaysWhatItMeansThatStorageRefuses(String line, int code) {
        FtpRequest request = new DefaultFtpRequest(line);
        assertThat(verbs.refusalCode(request)).isEqualTo(code);
        assertThat(verbs.refusal(request, new StorageException(StorageException.Kind.NOT_PERMITTED, "/x: no")))
                .hasValueSatisfying(reply -> {
                    assertThat(reply.getCode()).isEqualTo(code);
                    assertThat(reply.getMessage()).isEqualTo("/x: no.");
                });
    }

    @Test
    void onlyWhatStorageRefusesIsARefusal() {
        assertThat(verbs.refusal(new DefaultFtpRequest("RETR x"), new IOException("x")))
                .isEmpty();
    }

    @Test
    void aRowCantNeedWhatItsCommandNeverAsksFor() {
        Verb row = Verb.of("XYZ", "path", (session, context, request) -> {});
        assertThatThrownBy(() -> row.needs(Need.STORE)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Verb.stock("XYZ", "path").needs(Need.STORE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void onlyRowsThatExistCanBeChanged() {
        List<Verb> rows = List.of(Verb.stock("ABC", ""), Verb.stock("DEF", ""));
        assertThat(Verbs.changed(rows, Map.of("ABC", row -> List.of(row, row.alias("XABC")))))
                .extracting(Verb::names)
                .containsExactly(List.of("ABC"), List.of("ABC", "XABC"), List.of("DEF"));
        assertThatThrownBy(() -> Verbs.changed(rows, Map.of("GHI", List::of)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("GHI");
    }

    @Test
    void aCommandOfTheEmbedderStaysAndMayBlock() {
        CommandFactory stock = new CommandFactoryFactory().createCommandFactory();
        Command own = (session, context, request) -> {};
        CommandFactory embedders = name ->
                name.equals("NOOP") || name.equals("TYPE") || name.equals("REIN") ? own : stock.getCommand(name);
        Verbs embedded = Commands.embedded(
                new Embedder(embedders, true, new MessageResourceFactory()::createMessageResource),
                parts,
                engine,
                logins,
                hashes);
        assertThat(embedded.getCommand("NOOP")).isSameAs(own);
        assertThat(embedded.getCommand("MODE")).isNotSameAs(stock.getCommand("MODE"));
        assertThat(embedded.conduct(new DefaultFtpRequest("NOOP"))).isEqualTo(Conduct.DURING_TRANSFER);
        assertThat(embedded.conduct(new DefaultFtpRequest("TYPE I"))).isEqualTo(Conduct.ORDINARY);
        assertThat(embedded.conduct(new DefaultFtpRequest("REIN"))).isEqualTo(Conduct.BARRIER);
        assertThat(embedded.conduct(new DefaultFtpRequest("MODE S"))).isEqualTo(Conduct.QUICK);
    }
}
