package dev.zeroftpd.command.listing;

import dev.zeroftpd.charset.FileName;
import dev.zeroftpd.config.StorageSettings;
import dev.zeroftpd.config.TestSettings;
import dev.zeroftpd.rights.Permission;
import dev.zeroftpd.storage.Metadata;
import dev.zeroftpd.storage.ftplet.HomeFileSystemFactory;
import dev.zeroftpd.storage.ftplet.HomeOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.User;
import org.apache.ftpserver.usermanager.impl.BaseUser;

/** What a listing wrote, line by line, and entries to list. */
final class Lines {

    private Lines() {}

    /** Something that writes a listing. */
    interface Content {
        void writeTo(ListingText text) throws IOException;
    }

    /** The text that {@code content} gives, with its line ends. */
    static String text(Content content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ListingText text = new ListingText(Channels.newChannel(bytes));
        content.writeTo(text);
        text.flush();
        return FileName.decode(bytes.toByteArray(), 0, bytes.size());
    }

    /** The line of one entry in {@code format}. */
    static String line(LineFormat format, String name, Metadata metadata, boolean writable) throws IOException {
        return text(text -> format.add(text, name, metadata, writable ? Permission.ALL : Permission.READ));
    }

    /** The lines that {@code walk} gives, without their ends. */
    static List<String> of(Walk walk, LineFormat format) throws IOException {
        try (walk) {
            return text(text -> walk.run(new EntryWriter(text, format))).lines().toList();
        }
    }

    /** What NLST gives for {@code argument}. */
    static List<String> names(ListedTree tree, String argument) throws IOException {
        Walk walk = Walk.of(tree, tree.argument(argument), true);
        return of(walk, new NameFormat(walk.prefix(), false));
    }

    /** A home of ours. */
    static ListedTree home(Path home) throws FtpException {
        return home(home, TestSettings.DEFAULTS.storage());
    }

    static ListedTree home(Path home, StorageSettings settings) throws FtpException {
        HomeFileSystemFactory factory = new HomeFileSystemFactory(
                settings, TestSettings.DEFAULTS.upload(), TestSettings.DEFAULTS.transfer(), HomeOptions.DEFAULTS);
        return ListedTree.of(factory.createFileSystemView(user(home)), true);
    }

    static User user(Path home) {
        BaseUser user = new BaseUser();
        user.setName("anna");
        user.setHomeDirectory(home.toString());
        return user;
    }

    static Metadata metadata(Metadata.Kind kind, long size, String modified, int mode) {
        return new Metadata(
                kind,
                size,
                Instant.parse(modified),
                Optional.of(Instant.parse("2020-02-29T23:59:58Z")),
                "anna",
                "staff",
                mode,
                1,
                0x801,
                0x2a);
    }
}
