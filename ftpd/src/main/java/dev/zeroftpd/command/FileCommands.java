package dev.zeroftpd.command;

import java.util.Map;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.command.CommandFactory;

/** The verbs that are about files and move none. Stateless; any thread. */
final class FileCommands {

    private FileCommands() {}

    /**
     * All of them.
     *
     * @param others where Apache FtpServer's own commands are, for file systems that an embedder wrote
     */
    static Map<String, Command> all(CommandFactory others, HashThreads hashes) {
        Command up = FileCommand.withoutArgument(DirectoryCommands::changeUp, others.getCommand("CDUP"));
        return Map.ofEntries(
                Map.entry("CWD", FileCommand.of(DirectoryCommands::changeTo, others.getCommand("CWD"))),
                Map.entry("CDUP", up),
                Map.entry("CUP", up), // XCUP, without its X
                Map.entry("PWD", FileCommand.withoutArgument(DirectoryCommands::print, others.getCommand("PWD"))),
                Map.entry("MKD", FileCommand.of(DirectoryCommands::make, others.getCommand("MKD"))),
                Map.entry("RMD", FileCommand.of(DirectoryCommands::remove, others.getCommand("RMD"))),
                Map.entry("DELE", FileCommand.of(NameCommands::delete, others.getCommand("DELE"))),
                Map.entry("RNFR", FileCommand.of(NameCommands::renameFrom, others.getCommand("RNFR"))),
                Map.entry("RNTO", new RntoCommand(others.getCommand("RNTO"), hashes)),
                Map.entry("SIZE", new SizeCommand()),
                Map.entry("MDTM", FileCommand.of(TimeCommands::modified, others.getCommand("MDTM"))),
                Map.entry(
                        "MFMT",
                        FileCommand.of(TimeCommands::setModified, ForeignFiles.ifWritable(others.getCommand("MFMT")))),
                Map.entry("MFF", FileCommand.of(new MffCommand(), null)),
                Map.entry("AVBL", FileCommand.withoutArgument(new AvblCommand(), null)),
                Map.entry("HASH", HashCommand.chosen(hashes)),
                Map.entry("CRC", HashCommand.old(hashes, HashAlgorithm.CRC32)), // XCRC and so on, without the X
                Map.entry("MD5", HashCommand.old(hashes, HashAlgorithm.MD5)),
                Map.entry("SHA", HashCommand.old(hashes, HashAlgorithm.SHA_1)),
                Map.entry("SHA1", HashCommand.old(hashes, HashAlgorithm.SHA_1)),
                Map.entry("SHA256", HashCommand.old(hashes, HashAlgorithm.SHA_256)),
                Map.entry("SHA512", HashCommand.old(hashes, HashAlgorithm.SHA_512)),
                Map.entry("SITE", new SiteCommand()),
                Map.entry("SITE_HELP", new SiteHelp()),
                Map.entry("SITE_WHO", new SiteWho()),
                Map.entry("SITE_CHMOD", SiteCommand.withRest(FileCommand.of(new SiteChmod(), null))),
                Map.entry("SITE_UMASK", SiteCommand.withRest(FileCommand.withoutArgument(new SiteUmask(), null))),
                Map.entry("SITE_UTIME", SiteCommand.withRest(FileCommand.of(TimeCommands::site, null))));
    }
}
