package dev.zeroftpd.os;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the kernel says that one thread of this process may do: to the kernel, users and capabilities belong to threads.
 * Immutable; any thread.
 *
 * @param users real, effective, saved and file system's
 * @param groups the same
 * @param further the supplementary groups, as the kernel writes them
 * @param capabilities the bits of those that it has or could take; 0: none
 */
record ThreadRights(String name, List<Integer> users, List<Integer> groups, String further, long capabilities) {

    private static final int HEXADECIMAL = 16;

    /** Those of all threads that there are now, the JVM's own among them. */
    static List<ThreadRights> ofAll() throws IOException {
        List<ThreadRights> all = new ArrayList<>();
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path thread : threads) {
                try {
                    all.add(parse(Files.readAllLines(thread.resolve("status"))));
                } catch (IOException e) {
                    // one that has ended can't do anything any more; if it ends while it is read, that is "no such
                    // process"
                    if (Files.exists(thread)) {
                        throw e;
                    }
                }
            }
        }
        return all;
    }

    static ThreadRights parse(List<String> status) throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        for (String line : status) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                values.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        }
        try {
            return new ThreadRights(
                    values.getOrDefault("Name", ""),
                    numbers(values, "Uid"),
                    numbers(values, "Gid"),
                    values.getOrDefault("Groups", ""),
                    bits(values, "CapEff") | bits(values, "CapPrm"));
        } catch (NumberFormatException unknown) {
            throw new IOException("the kernel doesn't tell what threads may do", unknown);
        }
    }

    private static List<Integer> numbers(Map<String, String> values, String key) {
        return Stream.of(values.getOrDefault(key, "").split("\\s+", -1))
                .map(Integer::parseUnsignedInt)
                .toList();
    }

    private static long bits(Map<String, String> values, String key) {
        return Long.parseUnsignedLong(values.getOrDefault(key, ""), HEXADECIMAL);
    }
}
