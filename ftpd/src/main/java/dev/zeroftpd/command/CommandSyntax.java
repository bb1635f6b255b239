package dev.zeroftpd.command;

import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** How each command is written, for HELP and SITE HELP. Immutable; any thread. */
final class CommandSyntax {

    static final CommandSyntax COMMANDS = new CommandSyntax("""
        ABOR
        ACCT account
        ALLO bytes
        APPE file
        AUTH TLS
        AVBL [directory]
        CDUP
        CLNT client
        CSID client
        CWD directory
        DELE file
        EPRT |protocol|address|port|
        EPSV [1|2|ALL]
        FEAT
        HASH file
        HELP [command]
        HOST name
        LANG [language]
        LIST [options] [path]
        MDTM path
        MFF facts path
        MFMT YYYYMMDDhhmmss path
        MKD directory
        MLSD [directory]
        MLST [path]
        MODE S|Z
        NLST [options] [path]
        NOOP
        OPTS command [options]
        PASS password
        PASV
        PBSZ 0
        PORT h1,h2,h3,h4,p1,p2
        PROT P|C
        PWD
        QUIT
        RANG first last
        REIN
        REST offset
        RETR file
        RMD directory
        RNFR path
        RNTO path
        SITE command
        SIZE file
        STAT [path]
        STOR file
        STOU [file]
        STRU F
        SYST
        TYPE A|I|L 8
        USER name
        XCRC file
        XCUP
        XCWD directory
        XMD5 file
        XMKD directory
        XPWD
        XRMD directory
        XSHA file
        XSHA1 file
        XSHA256 file
        XSHA512 file
        """);

    static final CommandSyntax SITE = new CommandSyntax("""
        CHMOD mode path
        DESCUSER account (administrators)
        HELP
        STAT (administrators)
        UMASK [mask]
        UTIME YYYYMMDDhhmmss path
        WHO (administrators)
        ZEROCOPY
        ZONE
        """);

    private final SortedMap<String, String> byVerb;

    private CommandSyntax(String lines) {
        SortedMap<String, String> read = new TreeMap<>();
        lines.lines().forEach(line -> read.put(line.split(" ", 2)[0], line));
        this.byVerb = Collections.unmodifiableSortedMap(read);
    }

    Collection<String> verbs() {
        return byVerb.keySet();
    }

    Collection<String> lines() {
        return byVerb.values();
    }

    Optional<String> of(String verb) {
        return Optional.ofNullable(byVerb.get(verb));
    }
}
