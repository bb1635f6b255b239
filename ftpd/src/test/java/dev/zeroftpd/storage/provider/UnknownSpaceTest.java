package dev.zeroftpd.storage.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.zeroftpd.config.SymlinkPolicy;
import dev.zeroftpd.storage.HomeOnDisk;
import dev.zeroftpd.storage.Storage;
import dev.zeroftpd.storage.StorageException;
import dev.zeroftpd.storage.StorageException.Kind;
import dev.zeroftpd.storage.VirtualPath;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Homes whose file system knows no stores, as those of plugins for stores of objects. */
class UnknownSpaceTest {

    private final FileSystem memory = Jimfs.newFileSystem(
            Configuration.unix().toBuilder().setAttributeViews("posix", "user").build());

    @BeforeEach
    void makeHome() throws IOException {
        Files.createDirectories(memory.getPath("/srv/home"));
        Files.writeString(memory.getPath("/srv/home/old"), "old");
        Files.writeString(memory.getPath("/srv/home/new"), "new");
    }

    @AfterEach
    void forget() throws IOException {
        memory.close();
    }

    static Stream<Supplier<@Nullable FileStore>> stores() {
        return Stream.of(() -> null, () -> {
            throw new UnsupportedOperationException("no stores here");
        });
    }

    private Storage storage(Supplier<@Nullable FileStore> store) {
        Path home = new StorelessFileSystem(memory, store).getPath("/srv/home");
        return new ProviderStorage(home, HomeOnDisk.context(SymlinkPolicy.INSIDE));
    }

    @ParameterizedTest
    @MethodSource("stores")
    void spaceIsUnknownInsteadOfAFailure(Supplier<@Nullable FileStore> store) throws IOException {
        assertThat(storage(store).usableSpace(VirtualPath.ROOT)).isEqualTo(Storage.UNKNOWN_SPACE);
    }

    /** A file that is replaced would otherwise fail at its end. */
    @ParameterizedTest
    @MethodSource("stores")
    void attributesAreInheritedAsFarAsThereAreSome(Supplier<@Nullable FileStore> store) throws IOException {
        assertThat(storage(store).inherit(VirtualPath.ROOT.resolve("new"), VirtualPath.ROOT.resolve("old")))
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("stores")
    void aPathThatLeadsOutIsRefusedAsEver(Supplier<@Nullable FileStore> store) throws IOException {
        Files.createSymbolicLink(memory.getPath("/srv/home/out"), memory.getPath("../.."));
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> storage(store).usableSpace(VirtualPath.ROOT.resolve("out")))
                .satisfies(refused -> assertThat(refused.kind()).isEqualTo(Kind.OUTSIDE_HOME));
    }
}
