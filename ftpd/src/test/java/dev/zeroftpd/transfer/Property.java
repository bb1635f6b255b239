package dev.zeroftpd.transfer;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.AnnotationConsumer;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * A test of what must hold for whatever is generated from its one parameter, a {@code long} seed. A failure names the seed.
 *
 * <p>The seeds are the same in each build, so that no change is blamed for what it didn't do. {@code -Dproperty.first=N}
 * tries others, from N on, or repeats one.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "seed {0}")
@ArgumentsSource(Property.Seeds.class)
public @interface Property {

    /** How many seeds are tried; {@code -Dproperty.times=N} multiplies them. */
    int seeds() default 100;

    /** Counts up. */
    final class Seeds implements ArgumentsProvider, AnnotationConsumer<Property> {

        private long count;

        @Override
        public void accept(Property property) {
            count = (long) property.seeds() * Long.getLong("property.times", 1);
        }

        @Override
        public Stream<? extends Arguments> provideArguments(
                ParameterDeclarations parameters, ExtensionContext context) {
            long first = Long.getLong("property.first", 0);
            return LongStream.range(first, first + count).mapToObj(Arguments::of);
        }
    }
}
