/**
 * A home on any other file system that Java can open, resolved element by element.
 *
 * <p>It knows nothing of uploads that are not finished. Start reading at {@code ProviderStorage}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.storage.provider;
