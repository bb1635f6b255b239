package dev.zeroftpd.it.support;

import java.nio.file.Path;
import java.util.Objects;

/** The built product: the source checkout that these tests belong to. Any thread. */
public final class Checkout {

    /** The checkout's top folder. */
    public static final Path ROOT = Path.of(Objects.requireNonNull(
                    System.getProperty("zeroftpd.checkout"), "zeroftpd.checkout is not set: run the tests with Maven"))
            .toAbsolutePath()
            .normalize();

    public static final Path LAUNCHER = ROOT.resolve("ftpd/bin/ftpd");

    public static final Path JAR = ROOT.resolve("ftpd/target/zeroftpd.jar");

    /** The JDK that runs the tests is the one that the build selected. */
    public static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    private Checkout() {}
}
