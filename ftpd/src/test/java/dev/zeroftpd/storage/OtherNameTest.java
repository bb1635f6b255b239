package dev.zeroftpd.storage;

import static dev.zeroftpd.storage.StorageContract.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.charset.FileName;
import org.junit.jupiter.api.Test;

class OtherNameTest {

    @Test
    void isTheNameWithAnEndingThatIsNeverTheSame() {
        VirtualPath one = OtherName.of(path("/in/scan.pdf"));

        assertThat(one.text()).matches("/in/scan\\.pdf\\.[0-9a-f]{8}");
        assertThat(OtherName.of(path("/in/scan.pdf"))).isNotEqualTo(one);
    }

    @Test
    void fitsWhereverTheNameFits() {
        for (String longest : new String[] {"a".repeat(255), "\u00fc".repeat(127), "\ud83d\ude00".repeat(63)}) {
            String other = OtherName.of(path("/" + longest)).name();

            assertThat(FileName.encode(other)).hasSizeBetween(250, 255);
            assertThat(other).matches("(a|\u00fc|\ud83d\ude00)+\\.[0-9a-f]{8}");
        }
    }

    @Test
    void doesNotMakeANameFitThatIsTooLong() {
        assertThat(OtherName.of(path("/" + "a".repeat(256))).name()).hasSize(265);
    }
}
