/**
 * A home on Linux: every path is resolved by the kernel beneath the home ({@code openat2}), every file opened once.
 *
 * <p>It knows nothing of uploads that are not finished. Start reading at {@code LinuxStorage}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.storage.linux;
