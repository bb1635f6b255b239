package dev.zeroftpd.charset;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FileNameTest {

    @Test
    void namesInUtf8AreTheirText() {
        byte[] bytes = "Grüße 日本 😀 �".getBytes(StandardCharsets.UTF_8);

        assertThat(FileName.decode(bytes, 0, bytes.length)).isEqualTo("Grüße 日本 😀 �");
        assertThat(FileName.encode("Grüße 日本 😀 �")).isEqualTo(bytes);
    }

    @Test
    void anyBytesSurviveTheWayThereAndBack() {
        Random random = new Random(42);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);

            assertThat(FileName.encode(FileName.decode(bytes, 0, bytes.length))).isEqualTo(bytes);
        }
    }

    @Test
    void latin1BytesBecomeLoneSurrogates() {
        byte[] bytes = {'f', (byte) 0xfc, 'r'};

        assertThat(FileName.decode(bytes, 0, 3)).isEqualTo("f\udcfcr");
    }
}
