/**
 * What is configured of plugins, and where their jars are. It knows nothing of what they do; none is loaded here.
 *
 * <p>Start reading at {@link dev.zeroftpd.config.plugin.SourceChoice}.
 */
@org.jspecify.annotations.NullMarked
package dev.zeroftpd.config.plugin;
