package dev.zeroftpd.storage.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zeroftpd.config.SymlinkPolicy;
import dev.zeroftpd.storage.FileIdentity;
import dev.zeroftpd.storage.HiddenName;
import dev.zeroftpd.storage.HomeOnDisk;
import dev.zeroftpd.storage.Metadata;
import dev.zeroftpd.storage.Storage;
import dev.zeroftpd.storage.VirtualPath;
import dev.zeroftpd.storage.WritableFile;
import dev.zeroftpd.storage.WriteMode;
import dev.zeroftpd.storage.linux.LinuxStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file system gives a new file the number of one that has just gone. Here all files have the same. */
class ReusedNumbersTest {

    private static final VirtualPath OLD = new VirtualPath("/old");
    private static final VirtualPath NEW = new VirtualPath("/new");

    @TempDir
    private Path folder;

    private final Counter counter = Counter.forThisProcess();
    private final HomeUsage usage = new HomeUsage(counter, new QuietObserver(), Instant.EPOCH);

    private SameNumber files;
    private Storage home;

    interface Step {
        void run() throws IOException;
    }

    private static final class SameNumber extends ForwardingStorage {

        private Step afterClose = () -> {};
        private Step afterDeletion = () -> {};

        SameNumber(Storage home) {
            super(home);
        }

        @Override
        public Metadata entry(VirtualPath path) throws IOException {
            Metadata real = super.entry(path);
            return new Metadata(
                    real.kind(),
                    real.size(),
                    real.modified(),
                    real.created(),
                    real.owner(),
                    real.group(),
                    real.mode(),
                    real.links(),
                    1,
                    1);
        }

        @Override
        public void delete(VirtualPath path) throws IOException {
            super.delete(path);
            afterDeletion.run();
        }

        @Override
        public WritableFile openForWriting(VirtualPath path, WriteMode mode, long offset) throws IOException {
            return new ForwardingFile(super.openForWriting(path, mode, offset)) {
                @Override
                public Optional<FileIdentity> identity() {
                    return Optional.of(new FileIdentity(1, 1));
                }

                @Override
                public void close() throws IOException {
                    super.close();
                    Step once = afterClose;
                    afterClose = () -> {};
                    once.run();
                }
            };
        }
    }

    @BeforeEach
    void make() {
        files = new SameNumber(new LinuxStorage(folder, HomeOnDisk.context(SymlinkPolicy.DENY)));
        home = withFiles(10);
    }

    private Storage withFiles(int most) {
        return new MeteredStorage(files, usage, () -> new QuotaLimits("alice", 1000, most, 80, true));
    }

    private static WritableFile begin(Storage storage, VirtualPath path, int bytes) throws IOException {
        WritableFile file = storage.openForWriting(path, WriteMode.CREATE_NEW, 0);
        file.channel().write(ByteBuffer.allocate(bytes));
        return file;
    }

    @Test
    void whatIsDeletedIsNotTakenForTheUploadThatHasItsNumberNow() throws IOException {
        begin(home, OLD, 300).close();
        List<WritableFile> upload = new ArrayList<>();
        files.afterDeletion = () -> upload.add(begin(home, NEW, 100));

        home.delete(OLD);

        assertThat(counter.bytes()).isEqualTo(100);
        upload.getFirst().channel().write(ByteBuffer.allocate(50));
        upload.getFirst().close();
        assertThat(counter.bytes()).isEqualTo(150);
    }

    @Test
    void anUploadIsKnownThatGetsTheNumberOfOneThatEnds() throws IOException {
        WritableFile nameless = begin(home, OLD, 300);
        home.delete(OLD);
        assertThat(counter.bytes()).isEqualTo(300);
        List<WritableFile> upload = new ArrayList<>();
        files.afterClose = () -> upload.add(begin(home, NEW, 100));

        nameless.close();

        assertThat(counter.bytes()).isEqualTo(100);
        home.delete(NEW);
        upload.getFirst().channel().write(ByteBuffer.allocate(50));
        assertThat(counter.bytes()).isEqualTo(150);
        upload.getFirst().close();
        assertThat(counter.bytes()).isZero();
    }

    /** What is one file more than allowed stays that, whatever is deleted. */
    @Test
    void aPartialTooManyIsNotTakenForOneThatIsGone() throws IOException {
        Storage full = withFiles(2);
        begin(full, OLD, 1).close();
        begin(full, NEW, 1).close();
        VirtualPath partial = VirtualPath.ROOT.child(".old" + HiddenName.MARK + "0123456789abcdef");
        begin(full, partial, 1).close();
        files.afterDeletion = () -> begin(full, partial, 1).close();
        full.delete(partial);
        files.afterDeletion = () -> {};
        Files.delete(folder.resolve("old"));

        assertThatThrownBy(() -> full.replace(partial, OLD)).hasMessageContaining("quota exceeded");
    }
}
