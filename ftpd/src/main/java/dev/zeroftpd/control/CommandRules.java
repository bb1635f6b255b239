package dev.zeroftpd.control;

import org.apache.ftpserver.ftplet.FtpRequest;

/** What a control connection has to know of commands, none of which it knows by name. Any thread may ask. */
public interface CommandRules {

    /** When and where this command may run. Never blocks. */
    Conduct conduct(FtpRequest request);

    /** From when on the command may be used; {@link Gate#AFTER_LOGIN} for an unknown one. */
    Gate gate(FtpRequest request);
}
