package dev.zeroftpd.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zeroftpd.config.hook.HookSettings;
import dev.zeroftpd.hook.run.Environment;
import dev.zeroftpd.ops.event.EventKind;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HookEventTest {

    private static final String HOSTILE = "/a\"b\\c\u0001\u001b[31m\u202etxt.\udc80 $(id);`id`\u2028\n{}";

    @Test
    void everyKindOfEventHasItsKey() {
        assertThat(HookSettings.EVENTS)
                .containsExactlyElementsOf(
                        Stream.of(EventKind.values()).map(EventKind::word).toList());
    }

    @Test
    void isTheSameWhenItIsReadAgain() throws IOException {
        HookEvent event = Samples.hookEvent("1-2", HOSTILE, "/b");
        HookEvent read = HookEvent.parse(event.json());
        assertThat(read).isEqualTo(event);
        assertThat(read.fields()).containsEntry("path", HOSTILE).containsEntry("tls", "true");
    }

    @Test
    void noNameCanEndALineOrLookLikeAnotherField() {
        String json = Samples.hookEvent("1-2", HOSTILE, "/b").json();
        assertThat(json).doesNotContain("\n").doesNotContain("\u001b").doesNotContain("\u202e");
        assertThat(json).startsWith("{\"id\":\"1-2\",\"time\":\"").endsWith("\"to\":\"/b\"}");
    }

    @Test
    void whatIsNoEventIsRefused() {
        assertThatThrownBy(() -> HookEvent.parse("{\"id\":\"1\"}")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> HookEvent.parse("{\"id\":\"1\",\"time\":\"")).isInstanceOf(IOException.class);
    }

    @Test
    void anEnvironmentHasNoTextThatProgramsCantHave() {
        Map<String, String> variables = Environment.of(Map.of("login-name", "a\0b\udc80\ud83d\ude00"));
        assertThat(variables)
                .containsEntry("ZEROFTPD_LOGIN_NAME", "a\ufffdb\ufffd\ud83d\ude00")
                .containsOnlyKeys("ZEROFTPD_LOGIN_NAME", "PATH", "LC_ALL");
    }
}
