package dev.zeroftpd.storage;

import static dev.zeroftpd.storage.StorageContract.assertRefused;
import static dev.zeroftpd.storage.StorageContract.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.zeroftpd.config.LinkListing;
import dev.zeroftpd.config.SymlinkPolicy;
import dev.zeroftpd.storage.StorageException.Kind;
import dev.zeroftpd.storage.provider.ProviderStorage;
import dev.zeroftpd.transfer.FileSource;
import dev.zeroftpd.transfer.result.StreamReason;
import dev.zeroftpd.transfer.result.Way;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A home on a provider that is not the local file system. */
class JimfsStorageTest implements StorageContract, ConfinementContract {

    private final FileSystem memory = Jimfs.newFileSystem(Configuration.unix());

    @BeforeEach
    void makeHome() throws IOException {
        Files.createDirectories(home());
        Files.createDirectories(outside());
        Files.writeString(outside().resolve("secret"), "secret");
    }

    @AfterEach
    void forget() throws IOException {
        memory.close();
    }

    @Override
    public Storage storage() {
        return storage(SymlinkPolicy.INSIDE);
    }

    @Override
    public Storage storage(SymlinkPolicy symlinks, LinkListing links) {
        return new ProviderStorage(home(), HomeOnDisk.context(symlinks, links));
    }

    @Override
    public Path home() {
        return memory.getPath("/srv/home");
    }

    @Override
    public Path outside() {
        return memory.getPath("/srv/outside");
    }

    /** Jimfs has no absolute path of ours to link to, and its own are absolute. */
    @Override
    @Test
    public void linksOutOfTheHomeLeadNowhere() throws IOException {
        Files.createSymbolicLink(home().resolve("absolute"), outside().resolve("secret"));
        Files.createSymbolicLink(home().resolve("relative"), memory.getPath("../outside/secret"));

        assertRefused(Kind.OUTSIDE_HOME, () -> storage().openForReading(path("/absolute")));
        assertRefused(Kind.OUTSIDE_HOME, () -> storage().openForReading(path("/relative")));
    }

    @Test
    void filesStreamAndSayWhy() throws IOException {
        Files.writeString(home().resolve("f"), "x");

        try (FileSource source = storage().openForReading(path("/f"))) {
            assertThat(source.way()).isEqualTo(Way.streamed(StreamReason.OTHER_PROVIDER));
            assertThatThrownBy(source::fileChannel).isInstanceOf(IllegalStateException.class);
        }
    }
}
