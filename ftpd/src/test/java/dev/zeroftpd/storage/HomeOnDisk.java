package dev.zeroftpd.storage;

import dev.zeroftpd.config.LinkListing;
import dev.zeroftpd.config.SymlinkPolicy;
import dev.zeroftpd.config.TestSettings;
import dev.zeroftpd.os.AccountNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A home in a temporary directory, with a secret beside it. */
public record HomeOnDisk(Path home, Path outside) {

    public static HomeOnDisk in(Path directory) throws IOException {
        Path outside = Files.createDirectory(directory.resolve("outside"));
        Files.writeString(outside.resolve("secret"), "secret");
        return new HomeOnDisk(Files.createDirectory(directory.resolve("home")), outside);
    }

    public static StorageContext context(SymlinkPolicy symlinks) {
        return context(symlinks, LinkListing.LINK);
    }

    public static StorageContext context(SymlinkPolicy symlinks, LinkListing links) {
        ZeroCopyDecision zeroCopy = new ZeroCopyDecision(TestSettings.DEFAULTS.transfer());
        return new StorageContext(symlinks, links, 022, zeroCopy, new AccountNames());
    }
}
