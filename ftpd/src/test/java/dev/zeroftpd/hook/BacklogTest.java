package dev.zeroftpd.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.ops.event.EventKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class BacklogTest {

    private final Backlog backlog = new Backlog(new HookQueue.Room(10, 1 << 20));
    private long order;

    private void add(EventKind kind, int count) {
        for (int i = 0; i < count; i++) {
            String id = kind.word() + "-" + i;
            backlog.add(new Lane.Waiting(Samples.hookEvent(id, kind, "/" + id), ++order, 0));
        }
    }

    private List<String> tooMany() {
        return backlog.tooMany().stream().map(each -> each.event().id()).toList();
    }

    @Test
    void strangersGetHalfOfTheRoom() {
        add(EventKind.CONNECT, 7);
        assertThat(tooMany()).containsExactly("connect-0", "connect-1");
    }

    @Test
    void whatStrangersCauseGoesBeforeAnUpload() {
        add(EventKind.UPLOAD, 8);
        add(EventKind.LOGIN_FAILED, 3);
        assertThat(tooMany()).containsExactly("login-failed-0");
        add(EventKind.DELETE, 4);
        assertThat(tooMany())
                .containsExactly("login-failed-0", "login-failed-1", "login-failed-2", "upload-0", "upload-1");
    }

    @Test
    void charactersCountLikewise() {
        int size =
                Samples.hookEvent("connect-0", EventKind.CONNECT, "/connect-0").size();
        Backlog small = new Backlog(new HookQueue.Room(100, 3L * size));
        for (int i = 0; i < 2; i++) {
            small.add(new Lane.Waiting(
                    Samples.hookEvent("connect-" + i, EventKind.CONNECT, "/connect-" + i), ++order, 0));
        }
        assertThat(small.tooMany()).hasSize(1);
        small.remove(small.events().getFirst());
        assertThat(small.tooMany()).isEmpty();
        assertThat(small.size()).isEqualTo(1);
    }
}
