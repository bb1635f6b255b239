package dev.zeroftpd.os;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FileNumbersTest {

    /** Numbers as in statfs(2) and linux/magic.h: ext4, XFS, Btrfs, tmpfs; NFS; FUSE, FAT, exFAT, overlays, VirtualBox. */
    @ParameterizedTest
    @CsvSource({
        "ef53, LASTING",
        "58465342, LASTING",
        "9123683e, LASTING",
        "01021994, LASTING",
        "6969, OF_THE_MOUNT",
        "65735546, PASSING",
        "4d44, PASSING",
        "2011bab0, PASSING",
        "794c7630, PASSING",
        "786f4256, PASSING"
    })
    void knowsHowLongNumbersLast(String type, FileNumbers numbers) {
        assertThat(FileNumbers.of(Long.parseLong(type, 16))).isEqualTo(numbers);
    }
}
