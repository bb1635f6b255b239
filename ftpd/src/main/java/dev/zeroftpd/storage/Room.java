package dev.zeroftpd.storage;

/**
 * What an account may store in its home, and how much of that is used. Immutable; any thread.
 *
 * @param bytes that lie in the home; 0 where nothing is counted
 * @param mostBytes that may; {@link #UNLIMITED} without a limit, like the other limits
 * @param files files, links and directories that lie in the home
 * @param largestUpload bytes of one file
 * @param known false until what was there before has been counted
 */
public record Room(long bytes, long mostBytes, long files, long mostFiles, long largestUpload, boolean known) {

    public static final long UNLIMITED = Long.MAX_VALUE;

    private static final String[] UNITS = {"bytes", "KiB", "MiB", "GiB", "TiB", "PiB"};

    private static final int STEP = 1024;

    /** Bytes that may still come, in one more file or in one that is there. */
    public long leftBytes() {
        return mostBytes == UNLIMITED ? UNLIMITED : Math.max(0, mostBytes - bytes);
    }

    /** Whether a file may ever have {@code size} bytes: some of them may lie in the home already, in a part of it. */
    public boolean takes(long size) {
        return size <= largestUpload && size <= mostBytes;
    }

    /** The same with another limit for one file. */
    public Room withLargestUpload(long most) {
        return new Room(bytes, mostBytes, files, mostFiles, most, known);
    }

    /** The same with nothing in it: for accounts that may not know what is. */
    public Room empty() {
        return new Room(0, mostBytes, 0, mostFiles, largestUpload, true);
    }

    /** In a unit that people read, rounded down: {@code 500 bytes}, {@code 10 MiB}, {@code 10.5 MiB}. */
    public static String text(long count) {
        if (count == UNLIMITED) {
            return "any number of bytes";
        }
        int unit = 0;
        long whole = count;
        long tenths = 0;
        while (whole >= STEP && unit < UNITS.length - 1) {
            tenths = whole % STEP * 10 / STEP;
            whole /= STEP;
            unit++;
        }
        return whole + (tenths > 0 ? "." + tenths : "") + " " + (unit == 0 && whole == 1 ? "byte" : UNITS[unit]);
    }
}
