package dev.zeroftpd.storage.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.storage.Storage;
import dev.zeroftpd.storage.WritableFile;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is put around a storage or a file passes on everything: a method with a default would lose what the inner one does. */
class ForwardingTest {

    static List<Arguments> layers() {
        return List.of(
                Arguments.of(Storage.class, ForwardingStorage.class),
                Arguments.of(WritableFile.class, ForwardingFile.class));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void passesOnEveryMethod(Class<?> what, Class<?> layer) {
        assertThat(Arrays.stream(what.getMethods())
                        .filter(method -> !Modifier.isStatic(method.getModifiers()))
                        .filter(method -> !isDeclaredBy(layer, method))
                        .map(Method::toString))
                .isEmpty();
    }

    private static boolean isDeclaredBy(Class<?> layer, Method method) {
        return Arrays.stream(layer.getDeclaredMethods())
                .anyMatch(own -> own.getName().equals(method.getName())
                        && Arrays.equals(own.getParameterTypes(), method.getParameterTypes()));
    }
}
