package dev.zeroftpd.command.listing;

import static dev.zeroftpd.storage.StorageContract.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.storage.StorageException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.ftpserver.filesystem.nativefs.NativeFileSystemFactory;
import org.apache.ftpserver.ftplet.FileSystemView;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.FtpFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Patterns over directories of which one fails, as on a disk that is broken. */
class BrokenDirectoryWalkTest {

    @TempDir
    Path home;

    /** A file system that fails at every path that has {@code broken} in it. */
    private record Failing(FileSystemView sound) implements FileSystemView {

        @Override
        public FtpFile getHomeDirectory() throws FtpException {
            return sound.getHomeDirectory();
        }

        @Override
        public FtpFile getWorkingDirectory() throws FtpException {
            return sound.getWorkingDirectory();
        }

        @Override
        public boolean changeWorkingDirectory(String directory) throws FtpException {
            return sound.changeWorkingDirectory(directory);
        }

        @Override
        public FtpFile getFile(String name) throws FtpException {
            if (name.contains("broken")) {
                throw new FtpException("Input/output error");
            }
            return sound.getFile(name);
        }

        @Override
        public boolean isRandomAccessible() throws FtpException {
            return sound.isRandomAccessible();
        }

        @Override
        public void dispose() {
            sound.dispose();
        }
    }

    @BeforeEach
    void makeFiles() throws IOException {
        for (String name : new String[] {"a/f.txt", "broken/f.txt", "z/f.txt"}) {
            Files.createDirectories(home.resolve(name).getParent());
            Files.writeString(home.resolve(name), name);
        }
    }

    private ListedTree tree() throws FtpException {
        return ListedTree.of(new Failing(new NativeFileSystemFactory().createFileSystemView(Lines.user(home))), true);
    }

    @Test
    void aPatternFindsWhatIsInTheOthers() throws Exception {
        assertThat(Lines.names(tree(), "*/*.txt")).containsExactlyInAnyOrder("a/f.txt", "z/f.txt");
        assertThat(Lines.names(tree(), "*/f.txt")).containsExactlyInAnyOrder("a/f.txt", "z/f.txt");
    }

    @Test
    void aPatternThatBeginsThereIsRefused() throws Exception {
        ListedTree tree = tree();
        assertRefused(Kind.FAILED, () -> Lines.names(tree, "broken/*.txt"));
    }
}
