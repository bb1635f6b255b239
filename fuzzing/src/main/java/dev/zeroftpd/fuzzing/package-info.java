/**
 * Fuzzing by Jazzer, guided by coverage: {@code fuzzing/bin/fuzz}. Each {@code …Fuzzer} takes input as a client or a file
 * would bring it and fails on what must not happen whatever the input. They stand in the packages of what they fuzz, which
 * is not public; this one has the whole server.
 */
@NullMarked
package dev.zeroftpd.fuzzing;

import org.jspecify.annotations.NullMarked;
