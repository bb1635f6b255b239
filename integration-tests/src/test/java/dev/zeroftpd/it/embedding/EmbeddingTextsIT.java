package dev.zeroftpd.it.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.ControlClient;
import dev.zeroftpd.it.support.DataClient;
import dev.zeroftpd.it.support.Dialogue;
import dev.zeroftpd.it.support.EmbeddedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.ftpserver.command.CommandFactoryFactory;
import org.apache.ftpserver.ftplet.DefaultFtpReply;
import org.apache.ftpserver.message.MessageResource;
import org.apache.ftpserver.message.MessageResourceFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedder's message resource, whose texts and languages reach the replies of our commands. */
class EmbeddingTextsIT {

    @TempDir
    Path home;

    @TempDir
    Path texts;

    @BeforeEach
    void writeFiles() throws IOException {
        Files.writeString(home.resolve("fox"), "The quick brown fox jumps over the lazy dog");
    }

    private void say(String file, String properties) throws IOException {
        Files.writeString(texts.resolve(file), properties);
    }

    private EmbeddedServer start(String... languages) throws Exception {
        MessageResourceFactory messages = new MessageResourceFactory();
        messages.setCustomMessageDirectory(texts.toFile());
        if (languages.length > 0) {
            messages.setLanguages(List.of(languages));
        }
        MessageResource resource = messages.createMessageResource();
        return EmbeddedServer.start(Account.ALICE, home.toString(), factory -> factory.setMessageResource(resource));
    }

    @Test
    void saysTheEmbeddersTextsWithTheirVariables() throws Exception {
        say("FtpStatus.gen", """
            331.USER=Who are you, {output.msg}?
            230.PASS=Hello {client.login.name} from {client.ip}
            200.TYPE=Type is {request.arg} now, said {request.line}
            227.PASV=Come in by ({output.msg})
            229.EPSV=Come in by ({output.msg})
            150.RETR=Here it comes
            226.RETR=Sent {output.msg}, {output.code}
            550.RETR.missing=Nobody knows {output.msg}
            550.RETR.invalid={output.msg} is no file
            257.PWD="{output.msg}" is where you are
            213.SIZE={output.msg}
            250.CWD=Off to {output.msg}
            250.MLST=\\n{output.msg}\\nThat is all
            450.RMD.busy=You sit on {output.msg}
            502.not.implemented=What is {request.cmd}?
            221.QUIT=So long
            """);
        Files.createDirectory(home.resolve("dir"));
        try (EmbeddedServer server = start();
                ControlClient client = ControlClient.connect(server.address())) {
            Dialogue.hold(client, """
                USER alice      => 331 Who are you, alice\\?
                PASS wonderland => 230 Hello alice from 127\\.0\\.0\\.1
                TYPE I          => 200 Type is I now, said TYPE I
                FOO             => 502 What is FOO\\?
                EPSV            => 229 Come in by \\(\\|\\|\\|\\d+\\|\\)
                RETR none       => 550 Nobody knows /none
                RETR dir        => 550 /dir is no file
                SIZE fox        => 213 43
                MLST fox        => 250-\\n [^ ]*size=43;.* /fox\\n250 That is all
                CWD dir         => 250 Off to /dir
                PWD             => 257 "/dir" is where you are
                RMD .           => 450 You sit on /dir
                CWD /           => 250 Off to /
                NOOP            => 200 Still here\\.\
                """);
            try (DataClient data = DataClient.connect(client.passive())) {
                assertThat(client.expect(150, "RETR fox").text()).isEqualTo("150 Here it comes");
                assertThat(data.drain()).isEqualTo(43);
            }
            assertThat(client.expectReply(226).text()).isEqualTo("226 Sent /fox, 226");
            assertThat(client.expect(221, "QUIT").text()).isEqualTo("221 So long");
        }
    }

    @Test
    void speaksTheEmbeddersLanguages() throws Exception {
        say("FtpStatus_zh-tw.gen", "200.NOOP=Still here, in another language\n200.LANG=Changed\n504.LANG=None\n");
        try (EmbeddedServer server = start("en", "zh-tw");
                ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            Dialogue.hold(client, """
                NOOP        => 200 Still here\\.
                FEAT        => 211-.* LANG EN\\*;ZH-TW\\n.*
                LANG zh-TW  => 200 Changed
                NOOP        => 200 Still here, in another language
                FEAT        => 211-Features:\\n.* LANG EN;ZH-TW\\*\\n.*
                LANG fr     => 504 None
                LANG en     => 200 .*
                NOOP        => 200 Still here\\.\
                """);
        }
    }

    @Test
    void leavesRepliesOfTheEmbeddersCommandsAsTheyAre() throws Exception {
        say("FtpStatus.gen", "200.NOOP=Ours\n200.STAT=Ours\n211.STAT=Theirs\n");
        CommandFactoryFactory commands = new CommandFactoryFactory();
        commands.addCommand("NOOP", (session, context, request) -> session.write(new DefaultFtpReply(200, "Mine")));
        MessageResourceFactory messages = new MessageResourceFactory();
        messages.setCustomMessageDirectory(texts.toFile());
        try (EmbeddedServer server = EmbeddedServer.start(Account.ALICE, home.toString(), factory -> {
                    factory.setCommandFactory(commands.createCommandFactory());
                    factory.setMessageResource(messages.createMessageResource());
                });
                ControlClient client = ControlClient.login(server.address(), Account.ALICE)) {
            Dialogue.hold(client, """
                NOOP => 200 Mine
                STAT => 211 Theirs\
                """);
        }
    }
}
