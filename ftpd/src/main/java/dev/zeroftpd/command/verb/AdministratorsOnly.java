package dev.zeroftpd.command.verb;

import dev.zeroftpd.command.reply.Replies;
import dev.zeroftpd.users.Account;
import dev.zeroftpd.users.AccountUserManager;
import java.io.IOException;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.FtpReply;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.ftpserver.impl.FtpServerContext;

/** Lets only administrators use a command, those of a group too: the command is for them to confine. Runs where the command does. */
record AdministratorsOnly(Command command) implements Command {

    @Override
    public void execute(FtpIoSession session, FtpServerContext context, FtpRequest request)
            throws IOException, FtpException {
        if (isAdministrator(session, context)) {
            command.execute(session, context, request);
        } else {
            Replies.say(session, FtpReply.REPLY_550_REQUESTED_ACTION_NOT_TAKEN, "For administrators only.");
        }
    }

    private static boolean isAdministrator(FtpIoSession session, FtpServerContext context) {
        try {
            String name = session.getUser().getName();
            return context.getUserManager().isAdmin(name)
                    || (context.getUserManager() instanceof AccountUserManager ours
                            && ours.accounts()
                                    .find(name)
                                    .flatMap(Account::administeredGroup)
                                    .isPresent());
        } catch (FtpException unknown) {
            return false;
        }
    }
}
