package dev.zeroftpd.storage.provider;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProviderHomeTest {

    @ParameterizedTest
    @CsvSource({
        "ext4, false",
        "apfs, false",
        "NTFS, false",
        "nfs4, true",
        "fuseblk, true",
        "macfuse, true",
        "osxfuse, true",
        "vfat, true",
        "msdos, true",
        "exFAT, true",
        "overlay, true"
    })
    void knowsWhereADirectoryMayGetAnotherNumber(String type, boolean passes) {
        assertThat(ProviderHome.passesNumbers(type)).isEqualTo(passes);
    }
}
