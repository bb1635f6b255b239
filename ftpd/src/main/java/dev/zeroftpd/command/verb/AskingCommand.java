package dev.zeroftpd.command.verb;

import org.apache.ftpserver.command.Command;

/** A command that asks the account at each path that it changes, for what its verb's row says. Immutable. */
public interface AskingCommand extends Command {

    /** The same command, asking for {@code need}. */
    AskingCommand asking(Need need);
}
