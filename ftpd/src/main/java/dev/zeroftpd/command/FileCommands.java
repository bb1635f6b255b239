package dev.zeroftpd.command;

import dev.zeroftpd.command.file.AvblCommand;
import dev.zeroftpd.command.file.DirectoryCommands;
import dev.zeroftpd.command.file.FileCommand;
import dev.zeroftpd.command.file.MffCommand;
import dev.zeroftpd.command.file.NameCommands;
import dev.zeroftpd.command.file.RntoCommand;
import dev.zeroftpd.command.file.SiteChmod;
import dev.zeroftpd.command.file.SiteQuota;
import dev.zeroftpd.command.file.SiteUmask;
import dev.zeroftpd.command.file.SizeCommand;
import dev.zeroftpd.command.file.TimeCommands;
import dev.zeroftpd.command.hash.HashAlgorithm;
import dev.zeroftpd.command.hash.HashChoice;
import dev.zeroftpd.command.hash.HashCommand;
import dev.zeroftpd.command.session.SiteCommand;
import dev.zeroftpd.command.transfer.ForeignFiles;
import dev.zeroftpd.command.verb.Need;
import dev.zeroftpd.command.verb.Verb;
import dev.zeroftpd.command.work.WorkThreads;
import dev.zeroftpd.control.rule.Conduct;
import java.util.List;
import java.util.Optional;
import org.apache.ftpserver.command.CommandFactory;

/** The verbs that are about files and move none. Stateless; any thread. */
final class FileCommands {

    private FileCommands() {}

    /**
     * All of them.
     *
     * @param others where Apache FtpServer's own commands are, for file systems that an embedder wrote
     * @param ownFiles whether the file system is ours, which tells the working directory without asking the disk
     */
    static List<Verb> all(CommandFactory others, boolean ownFiles, WorkThreads work) {
        return List.of(
                Verb.of("CWD", "directory", FileCommand.of(DirectoryCommands::changeTo, others.getCommand("CWD")))
                        .alias("XCWD")
                        .feature("TVFS"),
                Verb.of("CDUP", "", FileCommand.withoutArgument(DirectoryCommands::changeUp, others.getCommand("CDUP")))
                        .alias("XCUP"),
                Verb.of("PWD", "", FileCommand.withoutArgument(DirectoryCommands::print, others.getCommand("PWD")))
                        .alias("XPWD")
                        .with(ownFiles ? Conduct.QUICK : Conduct.ORDINARY),
                Verb.of("MKD", "directory", FileCommand.of(DirectoryCommands::make, others.getCommand("MKD")))
                        .needs(Need.MKDIR)
                        .alias("XMKD"),
                Verb.of("RMD", "directory", FileCommand.of(DirectoryCommands::remove, others.getCommand("RMD")))
                        .needs(Need.RMDIR)
                        .alias("XRMD"),
                Verb.of("DELE", "file", FileCommand.of(NameCommands::delete, others.getCommand("DELE")))
                        .needs(Need.DELETE),
                Verb.of("RNFR", "path", FileCommand.of(NameCommands::renameFrom, others.getCommand("RNFR")))
                        .needs(Need.RENAME),
                Verb.of("RNTO", "path", new RntoCommand(others.getCommand("RNTO"), work))
                        .needs(Need.RENAME_TO)
                        .namesNewFile(),
                Verb.of("SIZE", "file", new SizeCommand(work)).needs(Need.LOOK).feature("SIZE"),
                Verb.of("MDTM", "path", FileCommand.of(TimeCommands::modified, others.getCommand("MDTM")))
                        .needs(Need.LOOK)
                        .feature("MDTM"),
                Verb.of(
                                "MFMT",
                                "YYYYMMDDhhmmss path",
                                FileCommand.of(
                                        TimeCommands::setModified, ForeignFiles.ifWritable(others.getCommand("MFMT"))))
                        .needs(Need.ATTRIBUTES)
                        .feature("MFMT"),
                Verb.of("MFF", "facts path", FileCommand.of(new MffCommand(), null))
                        .needs(Need.ATTRIBUTES)
                        .feature("MFF " + MffCommand.FACTS),
                Verb.of("AVBL", "[directory]", FileCommand.withoutArgument(new AvblCommand(), null))
                        .needs(Need.SPACE)
                        .feature("AVBL"),
                Verb.of("HASH", "file", HashCommand.chosen(work))
                        .needs(Need.DOWNLOAD)
                        .feature(session -> Optional.of(HashChoice.of(session).feature())),
                hash("XCRC", work, HashAlgorithm.CRC32),
                hash("XMD5", work, HashAlgorithm.MD5),
                hash("XSHA", work, HashAlgorithm.SHA_1),
                hash("XSHA1", work, HashAlgorithm.SHA_1),
                hash("XSHA256", work, HashAlgorithm.SHA_256),
                hash("XSHA512", work, HashAlgorithm.SHA_512),
                Verb.of("SITE CHMOD", "mode path", SiteCommand.withRest(FileCommand.of(new SiteChmod(), null)))
                        .needs(Need.ATTRIBUTES),
                Verb.of("SITE QUOTA", "", SiteCommand.withRest(FileCommand.withoutArgument(new SiteQuota(), null))),
                Verb.of(
                                "SITE UMASK",
                                "[mask]",
                                SiteCommand.withRest(FileCommand.withoutArgument(new SiteUmask(), null)))
                        .needs(Need.ATTRIBUTES),
                Verb.of(
                                "SITE UTIME",
                                "YYYYMMDDhhmmss path",
                                SiteCommand.withRest(FileCommand.of(TimeCommands::site, null)))
                        .needs(Need.ATTRIBUTES));
    }

    private static Verb hash(String name, WorkThreads work, HashAlgorithm algorithm) {
        return Verb.of(name, "file", HashCommand.old(work, algorithm))
                .needs(Need.DOWNLOAD)
                .feature(name);
    }
}
