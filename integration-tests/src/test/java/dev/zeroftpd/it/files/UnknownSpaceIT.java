package dev.zeroftpd.it.files;

import dev.zeroftpd.it.support.Account;
import dev.zeroftpd.it.support.Dialogue;
import dev.zeroftpd.it.support.RunningServer;
import dev.zeroftpd.it.support.ServerOptions;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Homes on a file system that doesn't tell how much room there is, as those of stores of objects: here, Java's own classes. */
class UnknownSpaceIT {

    private static final String HOME = "jrt:/java.base";

    @RegisterExtension
    private final RunningServer server = RunningServer.with(ServerOptions.standard()
            .withUserLines(
                    "ftpserver.user.free.userpassword=" + Account.ALICE.password(),
                    "ftpserver.user.free.homedirectory=" + HOME,
                    "ftpserver.user.free.writepermission=true",
                    "ftpserver.user.held.userpassword=" + Account.ALICE.password(),
                    "ftpserver.user.held.homedirectory=" + HOME + "/java/lang",
                    "ftpserver.user.held.writepermission=true",
                    "ftpserver.user.held.quota-bytes=1000"));

    @Test
    void saysThatTheRoomIsNotKnown() throws IOException {
        Dialogue.loggedIn(server, Account.ALICE.named("free"), """
            SIZE module-info.class => 213 [1-9]\\d*
            AVBL                   => 550 /: this file system doesn't tell how much room is left\\.
            AVBL java              => 550 /java: this file system doesn't tell how much room is left\\.
            ALLO 5000              => 200 No limit refuses that; nothing needs to be reserved\\.\
            """);
    }

    /** How much that is depends on how far the home has been counted. */
    @Test
    void aQuotaTellsWhatItsAccountMayStillStore() throws IOException {
        Dialogue.loggedIn(server, Account.ALICE.named("held"), """
            AVBL      => 213 \\d{1,4}
            ALLO 5000 => 552 .*\
            """);
    }
}
