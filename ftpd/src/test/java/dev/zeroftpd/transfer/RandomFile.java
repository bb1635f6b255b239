package dev.zeroftpd.transfer;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;

/** Files of bytes without a pattern, the same in each run. Stateless. */
final class RandomFile {

    private RandomFile() {}

    static Path in(Path folder, int size) throws IOException {
        return Files.write(folder.resolve("file-" + size), bytes(size));
    }

    static byte[] bytes(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return content;
    }

    static void truncate(Path file, long size) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(size);
        }
    }
}
